import { boothWords } from '../../../shared/i18n/booth/words.ts';
import { Button } from '../../ui/Button.tsx';
import { useBooth } from '../view.ts';

/** The event's languages, each by its own name; nothing where there is but one. */
export function Languages({ short = false, choice = false }: { short?: boolean; choice?: boolean }) {
  const { config, visit, act, say } = useBooth();
  const languages = config?.event.languages ?? [];
  if (languages.length < 2) return null;
  return (
    <fieldset className="languages">
      <legend className="visually-hidden">{say('language.choice')}</legend>
      {languages.map((language) => (
        <Button
          key={language}
          lang={language}
          aria-pressed={language === visit.language}
          {...(short && { 'aria-label': boothWords[language]['language.name'] })}
          {...(choice && language !== visit.language && { 'data-choice': '' })}
          onClick={() => act({ type: 'LANGUAGE', language })}
        >
          {short ? language.toUpperCase() : boothWords[language]['language.name']}
        </Button>
      ))}
    </fieldset>
  );
}
