import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import type { BoothWaiting, Refusal } from '../ports.ts';
import { useBooth } from '../view.ts';
import { Pad } from './Pad.tsx';
import { useWait } from './refusal.ts';
import { Title } from './Title.tsx';

const longestPin = 12;
const shortestPin = 4;
const rows = [['1', '2', '3'], ['4', '5', '6'], ['7', '8', '9'], ['0']];

/**
 * Between two visits: a recording of somebody under 18 lies in the page and the studio no longer knows who stood by. It
 * calls a host, who gives their word again or has it erased; whoever only passes by goes on with « later ».
 */
export function HostNeeded({ waiting, onLater }: { waiting: BoothWaiting; onLater: () => void }) {
  const { say } = useBooth();
  const [pin, setPin] = useState('');
  const [checking, setChecking] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const wait = useWait(refusal);
  const ready = pin.length >= shortestPin && wait === 0 && !checking;
  const change = (value: string) => {
    setPin(value.replace(/\D/g, '').slice(0, longestPin));
  };

  async function settle(how: 'send' | 'erase'): Promise<void> {
    setChecking(true);
    const answer = await waiting.settleWaiting(pin, how);
    setChecking(false);
    setPin('');
    setRefusal(answer === 'settled' ? null : answer);
  }

  const note = checking
    ? say('pin.checking')
    : wait > 0
      ? say('staff.wait', { n: wait })
      : refusal?.refused === 'silent'
        ? say('staff.silent')
        : refusal?.refused === 'wrong' && pin === ''
          ? say('staff.wrong')
          : '';
  return (
    <main className="screen screen-plain ground-paper screen-pin" aria-labelledby="title">
      <div className="screen-words">
        <Title text={say('waiting.title')} />
        <p className="lead">{say('waiting.text')}</p>
        <label className="field field-secret">
          <span className="field-label">{say('staff.pin')}</span>
          <input
            className="tabular"
            value={pin}
            inputMode="none"
            autoComplete="off"
            data-active=""
            onChange={(event) => change(event.target.value)}
          />
        </label>
        <p className="note" role="status">
          {note}
        </p>
      </div>
      <div className="screen-actions">
        <Pad
          className="pad-pin"
          rows={rows}
          label={say('staff.pin')}
          onKey={(digit) => change(pin + digit)}
          deleteLabel={say('staff.digit')}
          onDelete={() => change(pin.slice(0, -1))}
        />
        <div className="pair">
          <Button look="equal" disabled={!ready} onClick={() => void settle('erase')}>
            {say('waiting.erase')}
          </Button>
          <Button look="main" disabled={!ready} onClick={() => void settle('send')}>
            {say('waiting.send')}
          </Button>
        </div>
      </div>
      <div className="screen-top">
        <div className="screen-corner">
          <Button className="button-back" data-choice onClick={onLater}>
            {say('waiting.later')}
          </Button>
        </div>
      </div>
    </main>
  );
}
