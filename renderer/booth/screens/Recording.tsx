import { useEffect, useRef } from 'react';
import { Button } from '../../ui/Button.tsx';
import { useBooth, useNow } from '../view.ts';
import { barHeight } from '../voice-shape.ts';
import { LiveRing } from './LiveRing.tsx';
import { useQuestion } from './Question.tsx';
import { Screen } from './Screen.tsx';

const bars = 300;
/** Seconds before the limit at which the visitor is told, gently. */
const noticeAt = 20;
const announced = [60, 30, 20, 10, 5];

/** The only screen with red on it: the visitor's own voice draws the time they have used. */
export function Recording() {
  const { config, visit, sound, act, say } = useBooth();
  const limit = config?.event.limitSeconds ?? 90;
  const now = useNow(100);
  const left = Math.min(limit, Math.max(0, Math.ceil(limit - (now - visit.goAt) / 1000)));
  const voice = useRef({ bars: new Float32Array(bars), counts: new Uint16Array(bars) });
  const said = announced.findLast((mark) => left <= mark);

  useEffect(
    () =>
      sound.onLevel(({ rmsDb }) => {
        const bar = Math.floor(((sound.now() - visit.goAt) / 1000 / limit) * bars);
        const { bars: heights, counts } = voice.current;
        if (bar < 0 || bar >= bars) return;
        // The mean of what falls into a bar: syllables stay apart, where the loudest of each would all look the same.
        const count = (counts[bar] ?? 0) + 1;
        counts[bar] = count;
        heights[bar] = (heights[bar] ?? 0) + (barHeight(rmsDb) - (heights[bar] ?? 0)) / count;
      }),
    [sound, limit, visit.goAt],
  );
  const draw = (values: Float32Array) => {
    values.set(voice.current.bars);
    return Math.min(bars, Math.floor(((sound.now() - visit.goAt) / 1000 / limit) * bars) + 1);
  };

  const aside = visit.stalled
    ? say('recording.stalled')
    : visit.silent
      ? say('recording.silent')
      : left <= noticeAt
        ? say('recording.soon')
        : say('recording.after');
  return (
    <Screen
      name="recording"
      corner={
        <span className="on-air">
          <span className="on-air-light" aria-hidden="true" />
          {say('recording.title')}
        </span>
      }
      title={useQuestion()}
      visual={
        <LiveRing bars={bars} draw={draw} className="ring-on-air">
          <span className="figure tabular" aria-hidden="true">
            {left}
          </span>
          <span className="ring-soft" aria-hidden="true">
            {left === 1 ? say('recording.left.one') : say('recording.left.other')}
          </span>
          <span className="visually-hidden" aria-live="polite">
            {said !== undefined && said < limit ? say('recording.announce', { n: said }) : ''}
          </span>
        </LiveRing>
      }
      actions={
        <>
          <Button look="stop" data-choice icon={<span className="stop-square" />} onClick={() => act({ type: 'STOP' })}>
            {say('recording.stop')}
          </Button>
          <p className={left <= noticeAt || visit.silent || visit.stalled ? 'hint hint-strong' : 'hint'} role="status">
            {aside}
          </p>
        </>
      }
    />
  );
}
