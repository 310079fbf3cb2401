import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import type { PortraitWords, SomeWords } from '../../../shared/contract/words.ts';
import { type Language, languages } from '../../../shared/domain/language.ts';
import { nameLimit } from '../../../shared/domain/portrait.ts';
import { useDesk } from '../desk-context.ts';
import { Field } from '../parts/field.tsx';
import { leaveOnEscape } from '../parts/leave.ts';
import { languageKeys } from '../settings/texts-field.tsx';

/** Who speaks, as a host corrects it, and in which language. */
export function PersonFields({ words, onChange }: { words: PortraitWords; onChange(change: SomeWords): void }) {
  const { api, say } = useDesk();
  const id = useId();
  const cooperatives = useQuery({
    queryKey: ['event', 'cooperatives'],
    queryFn: () => api.words.cooperatives({}),
  }).data;
  const { speaker } = words;
  const correct = (part: Partial<PortraitWords['speaker']>) => onChange({ speaker: { ...speaker, ...part } });
  return (
    <div className="person">
      <div className="person-fields">
        <Field
          label={say('firstName')}
          value={speaker.firstName}
          maxLength={nameLimit}
          onChange={(firstName) => correct({ firstName })}
          onKeyDown={leaveOnEscape}
        />
        <Field
          label={say('trade')}
          value={speaker.trade}
          maxLength={nameLimit}
          onChange={(trade) => correct({ trade })}
          onKeyDown={leaveOnEscape}
        />
        <div className="field">
          <label htmlFor={`${id}-cooperative`}>{say('cooperative')}</label>
          <select
            id={`${id}-cooperative`}
            value={speaker.cooperativeId ?? ''}
            onChange={(event) => correct({ cooperativeId: event.target.value === '' ? null : event.target.value })}
            onKeyDown={leaveOnEscape}
          >
            <option value="">{say('discovering')}</option>
            {cooperatives?.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor={`${id}-language`}>{say('spokenLanguage')}</label>
          <select
            id={`${id}-language`}
            value={words.language}
            onChange={(event) => onChange({ language: event.target.value as Language })}
            onKeyDown={leaveOnEscape}
          >
            {languages.map((one) => (
              <option key={one} value={one}>
                {say(languageKeys[one])}
              </option>
            ))}
          </select>
        </div>
      </div>
      <p className="hint">{say('personHint')}</p>
    </div>
  );
}
