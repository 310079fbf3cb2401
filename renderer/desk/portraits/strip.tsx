import { memo, useMemo } from 'react';
import { stripHeights } from '../../../shared/domain/strip.ts';
import { usePosition } from '../sound/use-position.ts';

export interface StripProps {
  strip: string;
  /** Seconds of the master: its length, and the part that is kept. */
  sound: { whole: number; from: number; to: number } | null;
  /** It is the one being heard. */
  heard: boolean;
}

const height = 24;
const barWidth = 0.62;

/** Bars from `first` up to `end` as one path, each standing on the middle line. */
function path(heights: readonly number[], first: number, end: number): string {
  let drawn = '';
  for (let bar = first; bar < end; bar++) {
    const tall = Math.max(1, (heights[bar] ?? 0) * height);
    drawn += `M${bar} ${((height - tall) / 2).toFixed(1)}h${barWidth}v${tall.toFixed(1)}h-${barWidth}z`;
  }
  return drawn;
}

/** A take as a small waveform: what is kept in full colour, the rest faint. Decoration; the times say it in words. */
export const Strip = memo(function Strip({ strip, sound, heard }: StripProps) {
  const bars = strip.length;
  const drawn = useMemo(() => {
    const heights = stripHeights(strip);
    const bar = (seconds: number) => Math.round((seconds / (sound?.whole || 1)) * bars);
    const [from, to] = sound === null ? [0, bars] : [bar(sound.from), Math.min(bars, bar(sound.to))];
    return { kept: path(heights, from, to), rest: path(heights, 0, from) + path(heights, to, bars) };
  }, [strip, sound, bars]);
  if (bars === 0) return <div className="strip" aria-hidden="true" />;
  return (
    <div className="strip" aria-hidden="true">
      <svg viewBox={`0 0 ${bars} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        <path className="strip-rest" d={drawn.rest} />
        <path className="strip-kept" d={drawn.kept} />
      </svg>
      {heard && sound !== null && <Playhead whole={sound.whole} />}
    </div>
  );
});

function Playhead({ whole }: { whole: number }) {
  const at = usePosition() / whole;
  return <div className="strip-playhead" style={{ left: `${(Math.min(1, at) * 100).toFixed(2)}%` }} />;
}
