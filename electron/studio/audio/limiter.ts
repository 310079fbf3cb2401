import { TruePeakFinder } from '../../../shared/domain/truePeak.ts';

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
    for (let index = at; index < end; index++) {
      const magnitude = Math.abs(samples[index] as number);
      if (magnitude > (envelope[index] as number)) envelope[index] = magnitude;
    }
    finder.scan(samples, at, end, () => floor, raise);
    yield;
  }
  return envelope;
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
  const settled = Math.round(release * sampleRate * 10);
  const out = new Float32Array(samples.length);
  const threshold = ceiling / gain;
  let done = 0;
  for (let index = 0; index < samples.length; index++) {
    if (index % slice === 0) yield;
    if ((envelope[index] as number) <= threshold) continue;
    // A stretch with peaks: up to where the last one has been released for so long that its trace is gone.
    let last = index;
    for (let ahead = index; ahead < Math.min(samples.length, last + settled + half * 2); ahead++) {
      if ((envelope[ahead] as number) > threshold) last = ahead;
    }
    const first = Math.max(done, index - half * 2);
    const end = Math.min(samples.length, last + settled + half * 2);
    yield* scale(samples, out, done, first, gain);
    yield* limitStretch(samples, out, envelope, { first, end, gain, threshold, half, sampleRate });
    done = end;
    index = end - 1;
  }
  yield* scale(samples, out, done, samples.length, gain);
  return out;
}

function* scale(samples: Float32Array, out: Float32Array, from: number, to: number, gain: number): Generator<void> {
  for (let index = from; index < to; index++) {
    if (index % slice === 0) yield;
    out[index] = (samples[index] as number) * gain;
  }
}

interface Stretch {
  first: number;
  end: number;
  gain: number;
  threshold: number;
  half: number;
  sampleRate: number;
}

function* limitStretch(
  samples: Float32Array,
  out: Float32Array,
  envelope: Float32Array,
  { first, end, gain, threshold, half, sampleRate }: Stretch,
): Generator<void> {
  const length = end - first;
  const held = new Float32Array(length).fill(1);
  for (let index = 0; index < length; index++) {
    if (index % slice === 0) yield;
    const value = envelope[first + index] as number;
    if (value <= threshold) continue;
    const needed = threshold / value;
    const from = Math.max(0, index - half);
    const to = Math.min(length, index + half + 1);
    for (let at = from; at < to; at++) if (needed < (held[at] as number)) held[at] = needed;
  }
  const rise = 1 - Math.exp(-1 / (release * sampleRate));
  let level = 1;
  for (let index = 0; index < length; index++) {
    if (index % slice === 0) yield;
    const value = held[index] as number;
    level = value < level ? value : level + (value - level) * rise;
    held[index] = level;
  }
  // Two running means make the triangle: the first looks back, the second ahead, so that it stands centred.
  // Beyond its ends the stretch goes on as it begins and ends: a peak may stand on the very first or last sample.
  const width = half + 1;
  const means = new Float64Array(length + half);
  const before = held[0] as number;
  const after = held[length - 1] as number;
  let sum = width * before;
  for (let index = 0; index < length + half; index++) {
    if (index % slice === 0) yield;
    sum +=
      (index < length ? (held[index] as number) : after) - (index >= width ? (held[index - width] as number) : before);
    means[index] = sum / width;
  }
  sum = 0;
  for (let index = 0; index < half; index++) sum += means[index] as number;
  for (let index = 0; index < length; index++) {
    if (index % slice === 0) yield;
    sum += means[index + half] as number;
    out[first + index] = (samples[first + index] as number) * gain * Math.min(1, sum / width);
    sum -= means[index] as number;
  }
}
