import { useEffect, useRef } from 'react';
import { Button } from '../../ui/Button.tsx';
import { useBooth } from '../view.ts';
import { barHeight } from '../voice-shape.ts';
import { LiveRing } from './LiveRing.tsx';
import { Screen } from './Screen.tsx';
import { BreathingRing, SilentRing } from './StillRing.tsx';

/** One turn of the ring is four seconds of the thirty levels each brings. */
const bars = 120;

/** A ring that writes the last four seconds of the room, the newest at its hand; older ones fade. */
function useMeter(): (values: Float32Array) => number {
  const { sound } = useBooth();
  const heard = useRef({ levels: new Float32Array(bars), at: 0 });
  useEffect(
    () =>
      sound.onLevel(({ rmsDb }) => {
        const { levels, at } = heard.current;
        levels[at] = barHeight(rmsDb);
        heard.current.at = (at + 1) % bars;
      }),
    [sound],
  );
  return (values) => {
    const { levels, at } = heard.current;
    for (let bar = 0; bar < bars; bar++) {
      const age = (at - bar + bars) % bars;
      values[bar] = (levels[bar] ?? 0) * (1 - 0.6 * (age / bars));
    }
    return bars;
  };
}

export function Check() {
  const { visit, matches, act, say } = useBooth();
  const draw = useMeter();
  const { heard } = visit;
  const good = heard === 'good';
  const open = matches({ visit: { microphone: 'listening' } });
  const finding = visit.stalled
    ? say('check.stalled')
    : heard !== null
      ? say(`check.${heard}`)
      : open
        ? say('check.listening')
        : say('check.opening');
  return (
    <Screen
      name="check"
      back
      title={say('check.title')}
      visual={
        <LiveRing bars={bars} draw={draw} className={good ? 'ring-good' : 'ring-voice'}>
          {good && <Tick />}
        </LiveRing>
      }
      actions={
        <div className="pair">
          <Button
            look="equal"
            disabled={!open}
            {...(open && { 'data-choice': '' })}
            onClick={() => act({ type: 'CALL' })}
          >
            {say('nav.help')}
          </Button>
          <Button
            look={good ? 'main' : 'equal'}
            disabled={!open}
            {...(open && { 'data-choice': '' })}
            onClick={() => act({ type: 'NEXT' })}
          >
            {good ? say('nav.next') : say('check.anyway')}
          </Button>
        </div>
      }
    >
      <div className="finding-room">
        <p className={`finding finding-${heard ?? 'none'}`} aria-live="polite">
          {finding}
        </p>
      </div>
    </Screen>
  );
}

function Tick() {
  return (
    <svg className="tick" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2.6" aria-hidden="true">
      <path d="m5 12.5 4.5 4.5L19 7.5" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

export function Help() {
  const { act, say } = useBooth();
  return (
    <Screen
      name="help"
      back
      ground="invite"
      title={say('help.title')}
      visual={
        <BreathingRing>
          <span className="ring-call">{say('help.here')}</span>
        </BreathingRing>
      }
      actions={
        <div className="pair">
          <Button look="equal" data-choice onClick={() => act({ type: 'NEXT' })}>
            {say('check.anyway')}
          </Button>
          <Button look="main" data-choice onClick={() => act({ type: 'RETRY' })}>
            {say('help.retry')}
          </Button>
        </div>
      }
    >
      <p className="lead">{say('help.text')}</p>
    </Screen>
  );
}

export function NoMicrophone() {
  const { visit, sound, act, say } = useBooth();
  const failure = visit.microphoneFailure ?? 'lost';
  const named = (what: 'chosenMissing' | 'noMicrophone') =>
    say(`microphone.${what}`, { name: sound.missingMicrophone() });
  return (
    <Screen
      name="noMicrophone"
      back
      visual={<SilentRing />}
      title={failure === 'chosenMissing' || failure === 'noMicrophone' ? named(failure) : say(`microphone.${failure}`)}
      actions={
        <Button look="main" data-choice onClick={() => act({ type: 'RETRY' })}>
          {say('nav.retry')}
        </Button>
      }
    >
      <p className="lead">{say('microphone.text')}</p>
    </Screen>
  );
}
