import { setFades, setGain, setIn, setOut } from '../../../shared/domain/edit/moves.ts';
import { largestGainDb, longestFade } from '../../../shared/domain/edit.ts';
import type { Edit } from '../../../shared/domain/sound.ts';
import { useDesk } from '../desk-context.ts';
import { StepField } from './step-field.tsx';
import { parseTime, steppedTime, timeText } from './time-text.ts';
import type { ChangeEdit } from './use-change.ts';

export interface EditFieldsProps {
  edit: Edit;
  whole: number;
  disabled: boolean;
  change: ChangeEdit;
}

/** Beginning, end, fades and level as figures. */
export function EditFields({ edit, whole, disabled, change }: EditFieldsProps) {
  const { say, language } = useDesk();
  const decimal = (value: number, digits: number) => {
    const text = value.toFixed(digits);
    return language === 'en' ? text : text.replace('.', ',');
  };
  const time = {
    text: (seconds: number) => timeText(seconds, language),
    parse: parseTime,
    step: steppedTime,
    problem: say('editTimeBad', { example: timeText(12.345, language) }),
    disabled,
  };
  const fade = {
    unit: say('editSecondsUnit'),
    text: (seconds: number) => decimal(seconds, 2),
    parse: (typed: string) => within(parseTime(typed), 0, longestFade),
    step: steppedTime,
    problem: say('editNumberBad', { min: 0, max: longestFade }),
    disabled,
  };
  return (
    <fieldset className="edit-fields">
      <legend className="visually-hidden">{say('editTimes')}</legend>
      <StepField
        {...time}
        label={say('editIn')}
        value={edit.in}
        onChange={(at, more) => change((now) => setIn(now, at, whole), { label: 'stepIn', more })}
      />
      <StepField
        {...time}
        label={say('editOut')}
        value={edit.out}
        onChange={(at, more) => change((now) => setOut(now, at, whole), { label: 'stepOut', more })}
      />
      <StepField
        {...fade}
        label={say('editFadeIn')}
        value={edit.fadeIn}
        onChange={(fadeIn, more) => change((now) => setFades(now, { fadeIn }, whole), { label: 'stepFade', more })}
      />
      <StepField
        {...fade}
        label={say('editFadeOut')}
        value={edit.fadeOut}
        onChange={(fadeOut, more) => change((now) => setFades(now, { fadeOut }, whole), { label: 'stepFade', more })}
      />
      <StepField
        label={say('editGain')}
        unit={say('editGainUnit')}
        value={edit.gainDb}
        text={(db) => `${db > 0 ? '+' : db < 0 ? '−' : ''}${decimal(Math.abs(db), 1)}`}
        parse={parseGain}
        step={steppedGain}
        problem={say('editNumberBad', { min: `−${largestGainDb}`, max: `+${largestGainDb}` })}
        disabled={disabled}
        onChange={(db, more) => change((now) => setGain(now, db, whole), { label: 'stepGain', more })}
      />
    </fieldset>
  );
}

const within = (value: number | null, low: number, high: number) =>
  value === null || value < low || value > high ? null : value;

/** `+1,5`, `−2`, `0.5`: a level in dB. */
function parseGain(typed: string): number | null {
  const text = typed.replace(/\s/g, '').replace('−', '-').replace(',', '.');
  if (!/^[+-]?\d+(\.\d*)?$/.test(text)) return null;
  return within(Number(text), -largestGainDb, largestGainDb);
}

function steppedGain(db: number, key: string, shift: boolean): number | undefined {
  const by = { ArrowUp: 1, ArrowDown: -1, PageUp: 3, PageDown: -3 }[key];
  if (by === undefined) return undefined;
  const wanted = Math.round((db + by * (shift ? 1 : 0.5)) * 2) / 2;
  return Math.max(-largestGainDb, Math.min(largestGainDb, wanted));
}
