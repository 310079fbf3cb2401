import { useId } from 'react';
import { type Language, languages } from '../../../shared/domain/language.ts';
import { useDesk } from '../desk-context.ts';
import type { Texts } from './event-fields.ts';

export const languageKeys = { fr: 'languageFr', en: 'languageEn', nl: 'languageNl' } as const satisfies Record<
  Language,
  string
>;

export interface TextsFieldProps {
  legend: string;
  texts: Texts;
  problem: string | undefined;
  onChange(texts: Texts): void;
}

/** One text in the three languages, one line each. */
export function TextsField({ legend, texts, problem, onChange }: TextsFieldProps) {
  const { say } = useDesk();
  const id = useId();
  return (
    <fieldset className="texts">
      <legend>{legend}</legend>
      {languages.map((language) => (
        <div key={language} className="text-line">
          <label htmlFor={`${id}-${language}`}>{say(languageKeys[language])}</label>
          <input
            id={`${id}-${language}`}
            lang={language}
            value={texts[language]}
            maxLength={500}
            aria-invalid={language === 'fr' && problem !== undefined}
            aria-describedby={language === 'fr' ? `${id}-problem` : undefined}
            onChange={(event) => onChange({ ...texts, [language]: event.target.value })}
          />
        </div>
      ))}
      <p className="problem" id={`${id}-problem`} aria-live="polite">
        {problem}
      </p>
    </fieldset>
  );
}
