import { FilterChain, kWeighting } from './biquad.ts';

/** Mono played on two loudspeakers is 10·log10(2) louder than on one; every figure here is dual-mono. */
const dualMono = 2;
/** Loudness of a mean square of 1 (BS.1770-4, equation 2). */
const offset = -0.691;
/** Blocks below −70 LUFS are never counted (BS.1770-4, equation 4). */
const absoluteGate = -70;

const lufs = (power: number) => offset + 10 * Math.log10(power * dualMono);
const powerOf = (loudness: number) => 10 ** ((loudness - offset) / 10) / dualMono;

/** Steps a second of the measurement: 400 ms blocks that overlap by three quarters. */
export const stepsPerSecond = 10;

/**
 * K-weighted mean square of each 100 ms of a mono sound while it comes in. Everything else (integrated loudness of the
 * whole or of any stretch, loudness range) is arithmetic on these few numbers, so it is ready when the sound ends.
 */
export class LoudnessMeter {
  private readonly chain: FilterChain;
  private readonly stepFrames: number;
  private readonly buffer: Float64Array;
  private filled = 0;
  private readonly powers: number[] = [];

  constructor(sampleRate: number) {
    this.chain = new FilterChain(kWeighting(sampleRate));
    this.stepFrames = Math.round(sampleRate / stepsPerSecond);
    this.buffer = new Float64Array(this.stepFrames);
  }

  /** Samples −1…1, any number of them. */
  push(samples: Float32Array | Float64Array): void {
    for (let at = 0; at < samples.length; ) {
      const count = Math.min(samples.length - at, this.stepFrames - this.filled);
      for (let index = 0; index < count; index++) this.buffer[this.filled + index] = samples[at + index] as number;
      this.filled += count;
      at += count;
      if (this.filled === this.stepFrames) this.step();
    }
  }

  private step(): void {
    this.chain.run(this.buffer, this.stepFrames);
    let sum = 0;
    for (let index = 0; index < this.stepFrames; index++) {
      const y = this.buffer[index] as number;
      sum += y * y;
    }
    this.powers.push(sum / this.stepFrames);
    this.filled = 0;
  }

  /** Mean squares of the whole 100 ms steps so far; what is left over at the end is not counted, as BS.1770 says. */
  steps(): readonly number[] {
    return this.powers;
  }
}

function windows(steps: readonly number[], length: number): number[] {
  const means: number[] = [];
  for (let end = length; end <= steps.length; end++) {
    let sum = 0;
    for (let index = end - length; index < end; index++) sum += steps[index] as number;
    means.push(sum / length);
  }
  return means;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The stretch of steps that lie within `start`…`end` seconds. */
export function stepsBetween(steps: readonly number[], start: number, end: number): readonly number[] {
  return steps.slice(Math.ceil(start * stepsPerSecond - 1e-6), Math.floor(end * stepsPerSecond + 1e-6));
}

/**
 * Integrated loudness in LUFS, dual-mono, of 100 ms steps: 400 ms blocks, gated at −70 LUFS and then 10 LU below the
 * mean of what is left (BS.1770-4, equations 4–7). `null` where nothing passes the gate. A sound shorter than one
 * block is measured as one block of its own length.
 */
export function integratedLoudness(steps: readonly number[]): number | null {
  const blocks = windows(steps, Math.max(1, Math.min(4, steps.length)));
  const audible = blocks.filter((power) => power > powerOf(absoluteGate));
  if (audible.length === 0) return null;
  const relativeGate = mean(audible) / 10;
  return lufs(mean(audible.filter((power) => power > relativeGate)));
}

/** Loudness range in LU (EBU Tech 3342): 3 s windows, gated at −70 LUFS and 20 LU below their mean, 10th to 95th percentile. */
export function loudnessRange(steps: readonly number[]): number {
  const audible = windows(steps, 30).filter((power) => power > powerOf(absoluteGate));
  if (audible.length === 0) return 0;
  const gate = mean(audible) / 100;
  const loud = audible.filter((power) => power >= gate).sort((a, b) => a - b);
  const at = (share: number) => lufs(loud[Math.round((loud.length - 1) * share)] as number);
  return at(0.95) - at(0.1);
}
