import { bandCount, bandLines, pairPowers, sineWindow, windowFrames } from './bands.ts';
import { Fourier } from './fft.ts';

/** Level of a room's noise in each band, in dB; `null` where the band holds nothing at all. */
export type NoiseProfile = readonly (number | null)[];

/** How much noise is lowered, in dB: more, and what is left begins to sound made. */
export const mostReductionDb = 10;
/**
 * Sound so far above the noise (in dB, its own band) is left alone, and so little above is lowered all the way. Noise
 * itself wavers by some decibels: between the two nothing switches.
 */
const clearDb = 13;
const buriedDb = 6;

/** Windows averaged before a level is counted, and the share of the quietest that is taken for the room alone. */
const averaged = 4;
const quietest = 0.15;
const lowestDb = -150;
const binsPerDb = 2;

/** Finds the noise of a room in a whole master while it comes in: what each band falls back to when nobody speaks. */
export class NoiseMeter {
  private readonly size: number;
  private readonly fourier: Fourier;
  private readonly window: Float64Array;
  private readonly lines: Uint32Array;
  private readonly histograms: Uint32Array[];
  private readonly real: Float64Array;
  private readonly imaginary: Float64Array;
  private readonly powers = new Float64Array(bandCount);
  private readonly others = new Float64Array(bandCount);
  private readonly sums = new Float64Array(bandCount);
  private filled = 0;
  private pairs = 0;

  constructor(sampleRate: number) {
    this.size = windowFrames(sampleRate);
    this.fourier = new Fourier(this.size);
    this.window = sineWindow(this.size);
    this.lines = bandLines(sampleRate);
    this.histograms = Array.from({ length: bandCount }, () => new Uint32Array((-lowestDb + 50) * binsPerDb));
    this.real = new Float64Array(this.size);
    this.imaginary = new Float64Array(this.size);
  }

  push(samples: Float32Array): void {
    const { size, window } = this;
    for (let index = 0; index < samples.length; index++) {
      // Two windows go through one transform: their powers are wanted together anyway.
      const place = this.filled & (size - 1);
      const value = (samples[index] as number) * (window[place] as number);
      if (this.filled < size) this.real[place] = value;
      else this.imaginary[place] = value;
      if (++this.filled === size * 2) this.pair();
    }
  }

  private pair(): void {
    this.filled = 0;
    this.fourier.run(this.real, this.imaginary);
    pairPowers(this.real, this.imaginary, this.lines, this.powers, this.others);
    for (let band = 0; band < bandCount; band++) {
      const power = (this.powers[band] as number) + (this.others[band] as number);
      this.sums[band] = (this.sums[band] as number) + power;
    }
    if (++this.pairs < averaged / 2) return;
    this.pairs = 0;
    for (let band = 0; band < bandCount; band++) {
      const db = 10 * Math.log10((this.sums[band] as number) / averaged + 1e-20);
      this.sums[band] = 0;
      const histogram = this.histograms[band] as Uint32Array;
      const bin = Math.min(histogram.length - 1, Math.round((db - lowestDb) * binsPerDb));
      // Digital silence is no room.
      if (bin > 0) histogram[bin] = (histogram[bin] as number) + 1;
    }
  }

  profile(): NoiseProfile {
    return this.histograms.map((histogram) => {
      const wanted = histogram.reduce((sum, count) => sum + count, 0) * quietest;
      if (wanted === 0) return null;
      let seen = 0;
      const bin = histogram.findIndex((count) => {
        seen += count;
        return seen >= wanted;
      });
      return bin / binsPerDb + lowestDb;
    });
  }
}

/** How fast a band's level follows up and down, and how fast its gain may fall, each window (about 11 ms). */
const follow = { up: 0.5, down: 0.15 };
const fall = 0.16;
/** Windows a gain looks ahead: a consonant opens it before it comes. */
const ahead = 2;

/** Frames past a stretch that reducing its noise looks at. */
export function noiseLookahead(sampleRate: number): number {
  return windowFrames(sampleRate) * 2;
}

/**
 * Lowers the steady noise of a room in pauses and beneath the voice, by at most `mostReductionDb`. Each band is lowered
 * as far as it is near the room's own level. Bands are as wide as the ear's and gains move slowly in time and smoothly
 * from band to band, so that no single tones are left to twinkle. The sound stays in its place: overlapping windows add
 * up to what went in. `samples` begin at a multiple of half a window of the master; the first and last half are dim.
 */
export function* reduceNoise(
  samples: Float32Array,
  sampleRate: number,
  profile: NoiseProfile,
): Generator<void, Float64Array> {
  const size = windowFrames(sampleRate);
  const hop = size / 2;
  const fourier = new Fourier(size);
  const window = sineWindow(size);
  const lines = bandLines(sampleRate);
  const pairs = Math.max(0, Math.floor(((samples.length - size) / hop + 1) / 2));
  // Two windows go through one transform, as its real and its imaginary part.
  const real = new Float64Array(pairs * size);
  const imaginary = new Float64Array(pairs * size);
  const gains = new Float64Array(pairs * 2 * bandCount);
  const part = (spectra: Float64Array, pair: number) => spectra.subarray(pair * size, (pair + 1) * size);
  const bands = (frame: number) => gains.subarray(frame * bandCount, (frame + 1) * bandCount);

  const levels = new Float64Array(bandCount);
  const powers = [new Float64Array(bandCount), new Float64Array(bandCount)] as const;
  for (let pair = 0; pair < pairs; pair++) {
    const [re, im] = [part(real, pair), part(imaginary, pair)];
    lift(samples, pair * 2 * hop, window, re);
    lift(samples, (pair * 2 + 1) * hop, window, im);
    fourier.run(re, im);
    pairPowers(re, im, lines, powers[0], powers[1]);
    wantedGains(powers[0], levels, profile, bands(pair * 2));
    wantedGains(powers[1], levels, profile, bands(pair * 2 + 1));
    if (pair % 16 === 15) yield;
  }
  smooth(gains, pairs * 2);
  yield;

  const out = new Float64Array(samples.length);
  const lineGains = [new Float64Array(hop + 1), new Float64Array(hop + 1)] as const;
  for (let pair = 0; pair < pairs; pair++) {
    const [re, im] = [part(real, pair), part(imaginary, pair)];
    spread(bands(pair * 2), lines, lineGains[0]);
    spread(bands(pair * 2 + 1), lines, lineGains[1]);
    weigh(re, im, lineGains[0], lineGains[1]);
    fourier.run(im, re);
    lay(re, window, out, pair * 2 * hop);
    lay(im, window, out, (pair * 2 + 1) * hop);
    if (pair % 16 === 15) yield;
  }
  return out;
}

function lift(samples: Float32Array, from: number, window: Float64Array, out: Float64Array): void {
  for (let index = 0; index < out.length; index++) {
    out[index] = (samples[from + index] as number) * (window[index] as number);
  }
}

function lay(frame: Float64Array, window: Float64Array, out: Float64Array, from: number): void {
  const { length: size } = frame;
  for (let index = 0; index < size; index++) {
    const value = ((frame[index] as number) / size) * (window[index] as number);
    out[from + index] = (out[from + index] as number) + value;
  }
}

/** Weighs each of two real sounds that were transformed as one with gains of its own. */
function weigh(real: Float64Array, imaginary: Float64Array, first: Float64Array, second: Float64Array): void {
  const { length: size } = real;
  for (let line = 0; line < first.length; line++) {
    const mirror = (size - line) & (size - 1);
    const [a, b] = [real[line] as number, imaginary[line] as number];
    const [c, d] = [real[mirror] as number, imaginary[mirror] as number];
    const one = (first[line] as number) / 2;
    const other = (second[line] as number) / 2;
    const oneRe = (a + c) * one;
    const oneIm = (b - d) * one;
    const otherRe = (b + d) * other;
    const otherIm = (c - a) * other;
    real[line] = oneRe - otherIm;
    imaginary[line] = oneIm + otherRe;
    real[mirror] = oneRe + otherIm;
    imaginary[mirror] = otherRe - oneIm;
  }
}

/** The gain each band of one window asks for. */
function wantedGains(powers: Float64Array, levels: Float64Array, profile: NoiseProfile, out: Float64Array): void {
  for (let band = 0; band < bandCount; band++) {
    const power = powers[band] as number;
    const level = levels[band] as number;
    const next = level + (power - level) * (power > level ? follow.up : follow.down);
    levels[band] = next;
    const noise = profile[band];
    if (noise === null || noise === undefined) {
      out[band] = 1;
      continue;
    }
    const above = 10 * Math.log10(next + 1e-20) - noise;
    const buried = Math.max(0, Math.min(1, (clearDb - above) / (clearDb - buriedDb)));
    out[band] = 10 ** ((-mostReductionDb * buried) / 20);
  }
}

/** Gains open ahead of what needs them and fall slowly; neighbouring bands lean on each other. */
function smooth(gains: Float64Array, count: number): void {
  const at = (frame: number, band: number) => gains[frame * bandCount + band] as number;
  for (let band = 0; band < bandCount; band++) {
    let held = 0;
    for (let frame = 0; frame < count; frame++) {
      let wanted = at(frame, band);
      for (let next = frame + 1; next <= Math.min(count - 1, frame + ahead); next++) {
        wanted = Math.max(wanted, at(next, band));
      }
      held = wanted > held ? wanted : held + (wanted - held) * fall;
      gains[frame * bandCount + band] = held;
    }
  }
  const row = new Float64Array(bandCount);
  for (let frame = 0; frame < count; frame++) {
    for (let band = 0; band < bandCount; band++) {
      const below = at(frame, Math.max(0, band - 1));
      const above = at(frame, Math.min(bandCount - 1, band + 1));
      row[band] = (below + 2 * at(frame, band) + above) / 4;
    }
    gains.set(row, frame * bandCount);
  }
}

/** Gains of the bands as a line through their middles, one value a spectral line. */
function spread(bands: Float64Array, lines: Uint32Array, out: Float64Array): void {
  const middle = (band: number) => ((lines[band] as number) + (lines[band + 1] as number) - 1) / 2;
  let band = 0;
  for (let line = 0; line < out.length; line++) {
    while (band < bandCount - 2 && line >= middle(band + 1)) band++;
    const from = middle(band);
    const to = middle(band + 1);
    const share = to > from ? Math.max(0, Math.min(1, (line - from) / (to - from))) : 0;
    out[line] = (bands[band] as number) * (1 - share) + (bands[band + 1] as number) * share;
  }
}
