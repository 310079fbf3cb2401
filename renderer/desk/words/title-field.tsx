import { type Ref, useId } from 'react';
import { nameLimit } from '../../../shared/domain/portrait.ts';
import { useDesk } from '../desk-context.ts';
import { leaveOnEscape } from '../parts/leave.ts';
import { nextTitle } from './titles.ts';

export interface TitleFieldProps {
  value: string;
  /** What is published while there is no title. */
  fallback: string;
  suggestions: readonly string[];
  field: Ref<HTMLInputElement>;
  onChange(title: string): void;
}

/** The title, with suggestions that one tap takes; ↓ and ↑ walk through them while nothing else is written. */
export function TitleField({ value, fallback, suggestions, field, onChange }: TitleFieldProps) {
  const { say } = useDesk();
  const id = useId();
  const offered = suggestions.filter((title) => title !== value.trim());
  return (
    <div className="field">
      <label htmlFor={id}>{say('title')}</label>
      <input
        ref={field}
        id={id}
        value={value}
        maxLength={nameLimit}
        placeholder={fallback}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          leaveOnEscape(event);
          const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          const next = by === undefined ? undefined : nextTitle(suggestions, value, by);
          if (next === undefined) return;
          event.preventDefault();
          onChange(next);
        }}
      />
      <p className="hint" id={`${id}-hint`}>
        {value.trim() === '' && say('titleHint', { title: fallback })}
      </p>
      {offered.length > 0 && (value.trim() === '' || suggestions.includes(value.trim())) && (
        <ul className="title-offers" aria-label={say('titleSuggested')}>
          {offered.map((title, index) => (
            <li key={title}>
              <button type="button" onClick={() => onChange(title)}>
                {title}
                {index === 0 && value.trim() === '' && (
                  <>
                    {' '}
                    <kbd>T</kbd>
                  </>
                )}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
