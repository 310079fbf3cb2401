import { type Biquad, FilterChain, highPass, notch } from '../biquad.ts';
import type { CleanUp } from '../sound.ts';
import { windowFrames } from './bands.ts';
import { type NoiseProfile, noiseLookahead, reduceNoise } from './noise.ts';

/** Below this is rumble, wind and hands on the stand; the deepest voices begin at about 80 Hz. */
const rumbleHz = 80;
/** The mains' hum and its overtones in Europe, and how narrow they are taken out: mains waver by a fifth of a hertz. */
const humHz = [50, 100, 150, 200];
const humWidthHz = 4;

/** A block begins with nothing remembered, so long before its first frame that what it forgot is 100 dB down. */
const runUpSeconds = 1;
const blockSeconds = 2;

/**
 * Cleaning works on blocks of the master that always begin at the same frames: any moment can be cleaned without all
 * that was before it, and is the same samples whoever asks, at whatever moment the edit begins.
 */
export interface CleanGrid {
  /** Frames of a block. */
  block: number;
  /** Frames before and after a block that are needed to clean it. */
  before: number;
  after: number;
}

export function cleanGrid(sampleRate: number): CleanGrid {
  const window = windowFrames(sampleRate);
  const whole = (seconds: number) => Math.ceil((seconds * sampleRate) / window) * window;
  return { block: whole(blockSeconds), before: whole(runUpSeconds), after: noiseLookahead(sampleRate) };
}

export const cleansNothing = ({ highPass, hum, noise }: CleanUp): boolean => !highPass && !hum && !noise;

function filters(cleanUp: CleanUp, sampleRate: number): Biquad[] {
  return [
    ...(cleanUp.highPass ? [highPass(sampleRate, rumbleHz)] : []),
    ...(cleanUp.hum ? humHz.map((frequency) => notch(sampleRate, frequency, humWidthHz)) : []),
  ];
}

const slice = 16_384;

/**
 * Cleans one block. `samples` are the block with `before` and `after` around it (zeros beyond the master's ends). Noise
 * goes first, so that its profile is of the master as it is; the filters after it have no part in what it hears.
 */
export function* cleanBlock(
  samples: Float32Array,
  sampleRate: number,
  cleanUp: CleanUp,
  noise: NoiseProfile | null,
): Generator<void, Float32Array> {
  const { block, before } = cleanGrid(sampleRate);
  const work = cleanUp.noise && noise ? yield* reduceNoise(samples, sampleRate, noise) : Float64Array.from(samples);
  const chain = new FilterChain(filters(cleanUp, sampleRate));
  for (let at = 0; at < before + block; at += slice) {
    chain.run(work.subarray(at), Math.min(slice, before + block - at));
    yield;
  }
  return Float32Array.from(work.subarray(before, before + block));
}
