/** Length of a step of the gain curve, its attack and its release, in seconds. */
const stepSeconds = 0.001;
const attackSteps = 5;
const releaseSeconds = 0.05;

/** Frames of one step of the gain curve. */
export function stepFrames(sampleRate: number): number {
  return Math.max(1, Math.round(sampleRate * stepSeconds));
}

/** Largest magnitude of each step; needs no gain, so it may be reckoned before that is known. */
export function stepPeaks(samples: Float32Array, sampleRate: number): Float32Array {
  const size = stepFrames(sampleRate);
  const peaks = new Float32Array(Math.ceil(samples.length / size));
  for (let step = 0; step < peaks.length; step++) {
    const end = Math.min(samples.length, (step + 1) * size);
    let highest = 0;
    for (let i = step * size; i < end; i++) {
      const value = samples[i] as number;
      if (value > highest) highest = value;
      else if (-value > highest) highest = -value;
    }
    peaks[step] = highest;
  }
  return peaks;
}

/**
 * Factor at each boundary between steps (one more than there are steps), 0 to 1. Between boundaries it runs straight, so
 * a boundary may be no higher than both its neighbours need (`needed`). Each value is the mean of the `attackSteps + 1`
 * values up to it of a curve that itself looks `attackSteps` ahead: every one of these is at or below what is needed
 * here, so their mean is, and the gain is down when the peak comes.
 */
function gainCurve(peaks: Float32Array, gain: number, ceiling: number, release: number): Float32Array {
  const { length } = peaks;
  const needed = new Float32Array(length + 1).fill(1);
  for (let step = 0; step < length; step++) {
    const peak = (peaks[step] as number) * gain;
    if (peak <= ceiling) continue;
    const factor = ceiling / peak;
    needed[step] = Math.min(needed[step] as number, factor);
    needed[step + 1] = factor;
  }
  const envelope = new Float32Array(length + 1 + attackSteps).fill(1);
  let current = 1;
  for (let at = -attackSteps; at <= length; at++) {
    let held = 1;
    for (let ahead = Math.max(0, at); ahead <= Math.min(length, at + attackSteps); ahead++) {
      held = Math.min(held, needed[ahead] as number);
    }
    current = held < current ? held : current + (held - current) * release;
    envelope[at + attackSteps] = current;
  }
  return needed.map((_, boundary) => {
    let sum = 0;
    for (let back = 0; back <= attackSteps; back++) sum += envelope[boundary + back] as number;
    return sum / (attackSteps + 1);
  });
}

/**
 * Gain in dB, then a look-ahead peak limiter, so that the visitor hears the take as it will be published. The samples'
 * peak stays at or below `ceilingDb`; 0.5 dB under the −1 dBTP of publication leaves room for peaks between samples.
 * Attack 5 ms, release 50 ms. Input and output have the same length and are aligned. The curve is reckoned once a
 * millisecond, so a take of 90 s costs two plain passes over its samples,
 * the first of which `peaks` saves.
 */
export function limit(
  samples: Float32Array,
  sampleRate: number,
  gainDb: number,
  ceilingDb = -1.5,
  peaks = stepPeaks(samples, sampleRate),
): Float32Array<ArrayBuffer> {
  const gain = 10 ** (gainDb / 20);
  const size = stepFrames(sampleRate);
  const release = 1 - Math.exp(-stepSeconds / releaseSeconds);
  const curve = gainCurve(peaks, gain, 10 ** (ceilingDb / 20), release);
  const output = new Float32Array(samples.length);
  for (let step = 0; step + 1 < curve.length; step++) {
    const start = step * size;
    const end = Math.min(samples.length, start + size);
    const from = (curve[step] as number) * gain;
    const slope = ((curve[step + 1] as number) * gain - from) / size;
    for (let i = start; i < end; i++) output[i] = (samples[i] as number) * (from + slope * (i - start));
  }
  return output;
}
