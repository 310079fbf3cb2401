import { useState } from 'react';
import { codeAlphabet, codeLength, olderCodeLength, readCode } from '../../../shared/domain/code.ts';
import { Button } from '../../ui/Button.tsx';
import { useBooth } from '../view.ts';
import { Pad } from './Pad.tsx';
import { useWait } from './refusal.ts';
import { Screen } from './Screen.tsx';

const perRow = 5;
const half = codeLength / 2;
const signs = [...codeAlphabet];
const rows = Array.from({ length: Math.ceil(signs.length / perRow) }, (_, row) =>
  signs.slice(row * perRow, (row + 1) * perRow),
);

/** What counts of what was typed: signs of the alphabet, no more than a code has. */
function cleaned(typed: string): string {
  return [...typed.toUpperCase()]
    .filter((sign) => codeAlphabet.includes(sign))
    .join('')
    .slice(0, codeLength);
}

/**
 * « J’ai un code »: looked up by itself once all its signs are there. One of before has fewer, and its owner says that this
 * is all: looked up by itself it would be a wrong guess of everybody who types on.
 */
export function Code() {
  const { visit, matches, act, say, mode } = useBooth();
  const [typed, setTyped] = useState('');
  const [refused, setRefused] = useState(visit.refusal);
  const [row, setRow] = useState<number | null>(null);
  const looking = matches({ visit: { code: 'looking' } });
  const wait = useWait(visit.refusal);
  if (refused !== visit.refusal) {
    setRefused(visit.refusal);
    setTyped('');
  }

  function change(next: string): void {
    if (looking || wait > 0) return;
    const code = cleaned(next);
    setTyped(code);
    setRow(null);
    if (code.length === codeLength) look(code);
    else act({ type: 'ACTIVITY' });
  }
  function look(code: string): void {
    act({ type: 'LOOK', code: readCode(code) ?? code });
  }

  const why = visit.refusal?.refused;
  const note = looking
    ? say('code.looking')
    : wait > 0
      ? say('code.wait', { n: wait })
      : why === 'silent' && typed === ''
        ? say('code.silent')
        : why !== undefined && typed === ''
          ? say('code.wrong')
          : '';
  const add = (sign: string) => change(typed + sign);
  return (
    <Screen
      name="code"
      back
      title={say('code.title')}
      actions={
        mode === 'button' ? (
          <OneButton row={row} onRow={setRow} onSign={add} />
        ) : (
          <Pad
            className="pad-code"
            rows={rows}
            label={say('code.pad')}
            onKey={add}
            deleteLabel={say('code.delete')}
            onDelete={() => change(typed.slice(0, -1))}
          />
        )
      }
    >
      {typed.length === olderCodeLength && !looking && wait === 0 ? (
        <Button look="equal" data-choice onClick={() => look(typed)}>
          {say('code.six')}
        </Button>
      ) : (
        <p className="lead">{say('code.text')}</p>
      )}
      <label className="field field-code">
        <span className="field-label">{say('code.field')}</span>
        <input
          className="tabular"
          value={typed.length > half ? `${typed.slice(0, half)}-${typed.slice(half)}` : typed}
          inputMode="none"
          autoComplete="off"
          spellCheck={false}
          data-active=""
          onChange={(event) => change(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && typed.length === olderCodeLength) look(typed);
          }}
        />
      </label>
      <p className="note" role="status">
        {note}
      </p>
    </Screen>
  );
}

/** For the single button, a row first and then a sign: a quarter of the waiting. */
function OneButton({
  row,
  onRow,
  onSign,
}: {
  row: number | null;
  onRow: (row: number | null) => void;
  onSign: (sign: string) => void;
}) {
  const { act, say } = useBooth();
  if (row === null) {
    return (
      <div className="pad pad-rows">
        {rows.map((signsOfRow, place) => (
          <Button key={signsOfRow.join('')} look="equal" data-choice onClick={() => onRow(place)}>
            {signsOfRow.join(' ')}
          </Button>
        ))}
        <Button look="equal" data-choice onClick={() => act({ type: 'BACK' })}>
          {say('nav.back')}
        </Button>
      </div>
    );
  }
  return (
    <div className="pad pad-code">
      {rows[row]?.map((sign) => (
        <Button key={sign} look="equal" data-choice onClick={() => onSign(sign)}>
          {sign}
        </Button>
      ))}
      <Button look="quiet" className="pad-wide" data-choice onClick={() => onRow(null)}>
        {say('code.row')}
      </Button>
    </div>
  );
}
