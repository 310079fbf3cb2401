import { type Language, languages } from '../../../shared/domain/language.ts';
import { type Theme, themes } from '../../ui/theme.ts';
import { useDesk } from '../desk-context.ts';

const ownNames: Record<Language, string> = { fr: 'Français', en: 'English', nl: 'Nederlands' };
const themeKeys = { light: 'themeLight', dark: 'themeDark', contrast: 'themeContrast' } as const;

/** Language and light, remembered on this machine. */
export function Choices({ className }: { className: string }) {
  const { say, preferences, prefer } = useDesk();
  return (
    <div className={`choices ${className}`}>
      <select
        aria-label={say('language')}
        value={preferences.language}
        onChange={(event) => prefer({ language: event.target.value as Language })}
      >
        {languages.map((language) => (
          <option key={language} value={language} lang={language}>
            {ownNames[language]}
          </option>
        ))}
      </select>
      <select
        aria-label={say('theme')}
        value={preferences.theme}
        onChange={(event) => prefer({ theme: event.target.value as Theme | 'auto' })}
      >
        <option value="auto">{say('themeAuto')}</option>
        {themes.map((theme) => (
          <option key={theme} value={theme}>
            {say(themeKeys[theme])}
          </option>
        ))}
      </select>
    </div>
  );
}
