import { useId } from 'react';
import { useDesk } from '../desk-context.ts';

export const beginnings = ['edited', 'master'] as const;
/** From where the times of a file count. */
export type Beginning = (typeof beginnings)[number];
const names = { edited: 'timesEdited', master: 'timesMaster' } as const satisfies Record<Beginning, string>;

export function TimesFrom({ value, onChange }: { value: Beginning; onChange(value: Beginning): void }) {
  const { say } = useDesk();
  const id = useId();
  return (
    <fieldset className="checks">
      <legend>{say('timesFrom')}</legend>
      {beginnings.map((one) => (
        <label key={one}>
          <input type="radio" name={id} checked={value === one} onChange={() => onChange(one)} />
          {say(names[one])}
        </label>
      ))}
    </fieldset>
  );
}
