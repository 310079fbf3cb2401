import type { Peaks } from '../../../shared/domain/sound.ts';

/** How far from where one stands a pause is looked for, and how long it has to be, in seconds. */
const reach = 0.75;
const pause = 0.04;

/**
 * The nearest moment of quiet beside `at`: the middle of the nearest stretch of 40 ms that stays near the room's own
 * level. Without one in reach, the quietest stretch there is in it. Goes by the drawn peaks, so the eye agrees.
 */
export function nearestSilence(peaks: Peaks, at: number): number {
  const level = magnitudes(peaks);
  const width = Math.max(1, Math.round(pause * peaks.rate));
  const first = Math.max(0, Math.floor((at - reach) * peaks.rate));
  const last = Math.min(level.length, Math.ceil((at + reach) * peaks.rate)) - width;
  if (last < first) return at;
  const quiet = roomLevel(level);
  let best = { distance: Number.POSITIVE_INFINITY, seconds: at };
  let quietest = { loudest: Number.POSITIVE_INFINITY, seconds: at };
  for (let bin = first; bin <= last; bin++) {
    let loudest = 0;
    for (let inside = 0; inside < width; inside++) loudest = Math.max(loudest, level[bin + inside] as number);
    const seconds = (bin + width / 2) / peaks.rate;
    if (loudest <= quiet && Math.abs(seconds - at) < best.distance) best = { distance: Math.abs(seconds - at), seconds };
    if (loudest < quietest.loudest) quietest = { loudest, seconds };
  }
  return best.distance < Number.POSITIVE_INFINITY ? best.seconds : quietest.seconds;
}

function magnitudes(peaks: Peaks): Uint8Array {
  const level = new Uint8Array(Math.floor(peaks.values.length / 2));
  for (let bin = 0; bin < level.length; bin++) {
    level[bin] = Math.max(Math.abs(peaks.values[bin * 2] as number), Math.abs(peaks.values[bin * 2 + 1] as number));
  }
  return level;
}

/** What the room alone reaches: a little above the level that a tenth of the take stays below. */
function roomLevel(level: Uint8Array): number {
  const sorted = Uint8Array.from(level).sort();
  return (sorted[Math.floor(sorted.length / 10)] ?? 0) * 1.5 + 1;
}
