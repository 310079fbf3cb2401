import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { useBooth } from '../view.ts';
import { Pad } from './Pad.tsx';
import { ReadAloud } from './ReadAloud.tsx';
import { useWait } from './refusal.ts';
import { Screen } from './Screen.tsx';
import { BreathingRing } from './StillRing.tsx';
import { useTexts } from './texts.ts';

/** Under 18: what is needed, and a call that is seen from the next table. */
export function Minor() {
  const { act, say } = useBooth();
  const found = useTexts();
  if (found === undefined) return null;
  const { texts, set } = found;
  return (
    <Screen
      name="minor"
      back
      ground="invite"
      title={set(texts.minor.title)}
      visual={
        <BreathingRing>
          <span className="ring-call">{say('minor.here')}</span>
        </BreathingRing>
      }
      actions={
        <>
          <p className="hint hint-call">{say('minor.call')}</p>
          <div className="pair">
            <Button look="equal" data-choice onClick={() => act({ type: 'BACK' })}>
              {say('nav.back')}
            </Button>
            <Button look="main" data-choice onClick={() => act({ type: 'HOST' })}>
              {say('minor.host')}
            </Button>
          </div>
        </>
      }
    >
      <div className="paragraphs" lang={texts.language}>
        {texts.minor.paragraphs.map((paragraph) => (
          <p key={paragraph}>{set(paragraph)}</p>
        ))}
      </div>
      <div className="asides">
        <ReadAloud keys={['minor']} />
      </div>
    </Screen>
  );
}

const longestPin = 12;
const shortestPin = 4;
const rows = [['1', '2', '3'], ['4', '5', '6'], ['7', '8', '9'], ['0']];

/** The host's PIN: it says who stood by, and opens nothing. */
export function Pin() {
  const { visit, matches, act, say } = useBooth();
  const [pin, setPin] = useState('');
  const [refused, setRefused] = useState(visit.refusal);
  const checking = matches({ visit: { minor: 'vouching' } });
  const wait = useWait(visit.refusal);
  if (refused !== visit.refusal) {
    setRefused(visit.refusal);
    setPin('');
  }
  const why = visit.refusal?.refused;
  const note = checking
    ? say('pin.checking')
    : wait > 0
      ? say('staff.wait', { n: wait })
      : why === 'silent'
        ? say('staff.silent')
        : why === 'wrong' && pin === ''
          ? say('staff.wrong')
          : '';
  const ready = pin.length >= shortestPin && wait === 0 && !checking;
  const send = () => {
    if (ready) act({ type: 'PIN', pin });
  };
  const change = (value: string) => setPin(value.replace(/\D/g, '').slice(0, longestPin));
  return (
    <Screen
      name="pin"
      back
      title={say('pin.title')}
      actions={
        <>
          <Pad
            className="pad-pin"
            rows={rows}
            label={say('staff.pin')}
            onKey={(digit) => change(pin + digit)}
            deleteLabel={say('staff.digit')}
            onDelete={() => change(pin.slice(0, -1))}
          />
          <div className="pair">
            <Button look="equal" data-choice onClick={() => act({ type: 'BACK' })}>
              {say('nav.back')}
            </Button>
            <Button look="main" disabled={!ready} onClick={send}>
              {say('pin.open')}
            </Button>
          </div>
        </>
      }
    >
      <p className="lead">{say('pin.text')}</p>
      <label className="field field-secret">
        <span className="field-label">{say('staff.pin')}</span>
        <input
          className="tabular"
          value={pin}
          inputMode="none"
          autoComplete="off"
          data-active=""
          onChange={(event) => change(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.repeat) send();
          }}
        />
      </label>
      <p className="note" role="status">
        {note}
      </p>
    </Screen>
  );
}
