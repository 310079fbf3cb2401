import { useEffect, useState } from 'react';
import type { Warning } from '../../../shared/domain/sound.ts';
import { Button } from '../../ui/Button.tsx';
import { Ring } from '../../ui/Ring.tsx';
import { useBooth } from '../view.ts';
import { Screen } from './Screen.tsx';
import { Wave } from './Wave.tsx';

/** The gravest first: the visitor is told one thing. */
const gravity: readonly Warning[] = ['silent', 'gaps', 'tooQuiet', 'clipped', 'noisy', 'tooShort'];

const ringBars = 144;

/** The loudest of each of so many equal parts, the loudest of all being 1. */
export function ringOf(peaks: readonly number[], bars = ringBars): number[] {
  const heights = Array.from({ length: bars }, (_, bar) => {
    const from = Math.floor((bar * peaks.length) / bars);
    const to = Math.max(from + 1, Math.floor(((bar + 1) * peaks.length) / bars));
    return peaks.slice(from, to).reduce((most, peak) => Math.max(most, peak), 0);
  });
  const most = Math.max(...heights, 0.05);
  return heights.map((height) => height / most);
}

export function Review() {
  const { visit, matches, sound, act, say } = useBooth();
  const [progress, setProgress] = useState(0);
  const { finished } = visit;
  const playing = matches({ visit: { review: 'playing' } });
  const seconds = finished?.seconds ?? 0;

  useEffect(() => {
    const heard = sound.listenBack();
    return heard?.onPosition((at) => setProgress(at.ended ? 1 : at.seconds / Math.max(0.1, heard.duration)));
  }, [sound]);

  if (finished === null) return null;
  const worst = gravity.find((warning) => finished.warnings?.includes(warning));
  const note = visit.cutShort
    ? say('review.cut')
    : worst !== undefined
      ? say(`review.${worst}`)
      : finished.warnings !== null
        ? say('review.good')
        : '';
  const grave = visit.cutShort || worst !== undefined;
  return (
    <Screen
      name="review"
      title={say('review.title')}
      visual={
        <Ring values={ringOf(finished.peaks)} progress={progress} className="ring-voice">
          <Button
            look="main"
            data-choice
            className="button-play"
            icon={playing ? <Bars /> : <Triangle />}
            onClick={() => act({ type: 'LISTEN' })}
          >
            <span className="visually-hidden">{playing ? say('review.pause') : say('review.play')}</span>
          </Button>
          <span className="ring-soft tabular" aria-hidden="true">
            {clock(progress * seconds)} / {clock(seconds)}
          </span>
        </Ring>
      }
      actions={
        <>
          <Wave peaks={finished.peaks} seconds={seconds} label={say('review.wave')} />
          <div className="choices">
            <Button look="main" data-choice onClick={() => act({ type: 'KEEP' })}>
              {say('review.keep')}
            </Button>
            <Button look="equal" data-choice onClick={() => act({ type: 'AGAIN' })}>
              {say('review.again')}
            </Button>
            <Button look="equal" data-choice onClick={() => act({ type: 'ERASE' })}>
              {say('review.erase')}
            </Button>
          </div>
        </>
      }
    >
      <div className="finding-room" role="status">
        {note !== '' && <p className={grave ? 'finding finding-tooQuiet' : 'finding finding-good'}>{note}</p>}
      </div>
    </Screen>
  );
}

/** Minutes and seconds, e.g. `1:04`. */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

function Triangle() {
  return (
    <svg viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
      <path d="M7 4.5v15a1 1 0 0 0 1.5.86l12-7.5a1 1 0 0 0 0-1.72l-12-7.5A1 1 0 0 0 7 4.5Z" />
    </svg>
  );
}

function Bars() {
  return (
    <svg viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
      <rect x="5" y="4" width="5" height="16" rx="1" />
      <rect x="14" y="4" width="5" height="16" rx="1" />
    </svg>
  );
}
