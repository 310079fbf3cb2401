import type { Peaks } from '../sound.ts';

/** How loud a stretch of the master is, one magnitude (0…1) a bin. */
export interface Loudnesses {
  /** Bins a second. */
  rate: number;
  /** Seconds of the master at which the first bin begins. */
  from: number;
  values: ArrayLike<number>;
}

/** How far a snap looks to each side, and over how much it listens for silence, in seconds. */
export const snapReach = 0.3;
const listening = 0.03;
/** Within this much of the quietest place, as a factor (3 dB), all places are as good; the nearest one is taken. */
const asGood = Math.SQRT2;

/** The larger magnitude of each bin of peaks (int8, or any full scale given). */
export function loudnesses(peaks: Pick<Peaks, 'rate'> & { values: ArrayLike<number> }, from = 0, fullScale = 128) {
  const bins = Math.floor(peaks.values.length / 2);
  const values = new Float32Array(bins);
  for (let bin = 0; bin < bins; bin++) {
    const low = Math.abs(peaks.values[bin * 2] as number);
    const high = Math.abs(peaks.values[bin * 2 + 1] as number);
    values[bin] = Math.max(low, high) / fullScale;
  }
  return { rate: peaks.rate, from, values } satisfies Loudnesses;
}

/**
 * The moment near `at` at which a cut is heard least: the nearest one as quiet (within 3 dB, over 30 ms) as the
 * quietest within `reach`. Where nothing is known it answers `at`. Silence is relative: it works in a noisy hall.
 */
export function snapToSilence(sound: Loudnesses, at: number, reach: number = snapReach): number {
  const { rate, from, values } = sound;
  const half = Math.max(0, Math.round((listening * rate) / 2));
  const first = Math.max(0, Math.floor((at - reach - from) * rate));
  const last = Math.min(values.length - 1, Math.ceil((at + reach - from) * rate) - 1);
  if (!(last >= first)) return at;
  const around = (bin: number) => {
    let sum = 0;
    let count = 0;
    for (let near = Math.max(0, bin - half); near <= Math.min(values.length - 1, bin + half); near++) {
      sum += (values[near] as number) ** 2;
      count++;
    }
    return Math.sqrt(sum / count);
  };
  const levels = Array.from({ length: last - first + 1 }, (_, index) => around(first + index));
  const enough = Math.min(...levels) * asGood;
  let best = at;
  let distance = Infinity;
  for (const [index, level] of levels.entries()) {
    if (level > enough) continue;
    const middle = from + (first + index + 0.5) / rate;
    // Inside a bin that is quiet enough, `at` itself is as good as the bin's middle.
    const place = Math.abs(middle - at) <= 0.5 / rate ? at : middle;
    if (Math.abs(place - at) >= distance) continue;
    best = place;
    distance = Math.abs(place - at);
  }
  return best;
}
