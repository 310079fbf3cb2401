import { TruePeakFinder } from './truePeak.ts';

/** Samples worked on between two yields. */
const slice = 32_768;
/** Half of the lookahead, and time constant of the release, in seconds. */
const halfAttack = 0.0025;
const release = 0.05;

/**
 * What a sound reaches at and beside each sample, oversampled where it could exceed `floor`. Measured once, used by
 * every try at another gain.
 */
export function* peakEnvelope(samples: Float32Array, sampleRate: number, floor: number): Generator<void, Float32Array> {
  const envelope = new Float32Array(samples.length);
  const finder = new TruePeakFinder(sampleRate);
  const raise = (index: number, value: number) => {
    if (value > (envelope[index] as number)) envelope[index] = value;
    if (index + 1 < envelope.length && value > (envelope[index + 1] as number)) envelope[index + 1] = value;
  };
  for (let at = 0; at < samples.length; at += slice) {
    const end = Math.min(samples.length, at + slice);
    magnitudes(samples, envelope, at, end);
    finder.scan(samples, at, end, () => floor, raise);
    yield;
  }
  return envelope;
}

// The loops stand in functions of their own: engines compile them better than the bodies of generators.

function magnitudes(samples: Float32Array, envelope: Float32Array, from: number, to: number): void {
  for (let index = from; index < to; index++) {
    const magnitude = Math.abs(samples[index] as number);
    if (magnitude > (envelope[index] as number)) envelope[index] = magnitude;
  }
}

function firstAbove(values: Float32Array, from: number, to: number, threshold: number): number {
  for (let index = from; index < to; index++) if ((values[index] as number) > threshold) return index;
  return -1;
}

function lastAbove(values: Float32Array, from: number, to: number, threshold: number): number {
  for (let index = to - 1; index >= from; index--) if ((values[index] as number) > threshold) return index;
  return -1;
}

function scale(samples: Float32Array, out: Float32Array, from: number, to: number, gain: number): void {
  for (let index = from; index < to; index++) out[index] = (samples[index] as number) * gain;
}

/** Ends of the slices of `from`…`to`. */
function* slices(from: number, to: number): Generator<[number, number]> {
  for (let at = from; at < to; at += slice) yield [at, Math.min(to, at + slice)];
}

/**
 * `samples × gain`, limited so that no peak passes `ceiling`. Offline, so it looks ahead without delaying anything and
 * without losing a tail: the gain each sample needs, held over ±2.5 ms, released with 50 ms, smoothed over 5 ms by a
 * triangle that never exceeds what was held.
 */
export function* limit(
  samples: Float32Array,
  envelope: Float32Array,
  { gain, ceiling, sampleRate }: { gain: number; ceiling: number; sampleRate: number },
): Generator<void, Float32Array> {
  const half = Math.max(1, Math.round(sampleRate * halfAttack));
  const rest = Math.round(release * sampleRate * 10) + half * 2;
  const out = new Float32Array(samples.length);
  const threshold = ceiling / gain;
  for (let at = 0; at < samples.length; ) {
    const to = Math.min(samples.length, at + slice);
    const peak = firstAbove(envelope, at, to, threshold);
    const first = peak < 0 ? to : Math.max(at, peak - half * 2);
    scale(samples, out, at, first, gain);
    at = first;
    yield;
    if (peak < 0) continue;
    // A stretch with peaks: up to where the last one has been released for so long that its trace is gone.
    let end = Math.min(samples.length, peak + rest);
    for (let from = peak + 1; from < end; ) {
      const last = lastAbove(envelope, from, end, threshold);
      if (last < 0) break;
      from = last + 1;
      end = Math.min(samples.length, last + rest);
    }
    const gains = yield* stretchGains(envelope.subarray(first, end), { threshold, half, sampleRate });
    for (const [from, to] of slices(first, end)) {
      shape(samples, out, from, to, gain, gains, first);
      yield;
    }
    at = end;
  }
  return out;
}

function shape(
  samples: Float32Array,
  out: Float32Array,
  from: number,
  to: number,
  gain: number,
  gains: Float32Array,
  first: number,
): void {
  for (let index = from; index < to; index++) {
    out[index] = (samples[index] as number) * gain * (gains[index - first] as number);
  }
}

/** The gain (0…1) for each sample of a stretch with this envelope. */
function* stretchGains(
  envelope: Float32Array,
  { threshold, half, sampleRate }: { threshold: number; half: number; sampleRate: number },
): Generator<void, Float32Array> {
  const { length } = envelope;
  const held = new Float32Array(length).fill(1);
  for (const [from, to] of slices(0, length)) {
    hold(envelope, held, from, to, threshold, half);
    yield;
  }
  const rise = 1 - Math.exp(-1 / (release * sampleRate));
  let level = 1;
  for (const [from, to] of slices(0, length)) {
    level = letGo(held, from, to, level, rise);
    yield;
  }
  // Two running means make the triangle: the first looks back, the second ahead, so that it stands centred.
  const means = new Float32Array(length + half);
  yield* runningMean(held, means, half, 0);
  yield* runningMean(means, held, half, half);
  return held;
}

function hold(
  envelope: Float32Array,
  held: Float32Array,
  from: number,
  to: number,
  threshold: number,
  half: number,
): void {
  for (let index = from; index < to; index++) {
    const value = envelope[index] as number;
    if (value <= threshold) continue;
    const needed = threshold / value;
    const end = Math.min(held.length, index + half + 1);
    for (let at = Math.max(0, index - half); at < end; at++) if (needed < (held[at] as number)) held[at] = needed;
  }
}

function letGo(held: Float32Array, from: number, to: number, before: number, rise: number): number {
  let level = before;
  for (let index = from; index < to; index++) {
    const value = held[index] as number;
    level = value < level ? value : level + (value - level) * rise;
    held[index] = level;
  }
  return level;
}

/**
 * Mean of the `half` values before `index + shift` and of that one itself, into `out`. Beyond its ends the stretch goes
 * on as it begins and ends: a peak may stand on the very first or last sample.
 */
function* runningMean(values: Float32Array, out: Float32Array, half: number, shift: number): Generator<void> {
  let sum = 0;
  for (let index = shift - half; index < shift; index++) sum += around(values, index);
  for (const [from, to] of slices(0, out.length)) {
    sum = meanSlice(values, out, from, to, half, shift, sum);
    yield;
  }
}

function meanSlice(
  values: Float32Array,
  out: Float32Array,
  from: number,
  to: number,
  half: number,
  shift: number,
  before: number,
): number {
  let sum = before;
  for (let index = from; index < to; index++) {
    sum += around(values, index + shift);
    out[index] = Math.min(1, sum / (half + 1));
    sum -= around(values, index + shift - half);
  }
  return sum;
}

function around(values: Float32Array, index: number): number {
  return values[index < 0 ? 0 : index < values.length ? index : values.length - 1] as number;
}
