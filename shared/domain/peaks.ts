import type { Peaks } from './sound.ts';

/** Bins a second of every take's peaks: fine enough to set a cut by eye (10 ms). */
export const peaksRate = 100;

const toInt8 = (sample: number) => Math.max(-128, Math.min(127, Math.round(sample * 128))) | 0;

/** Minimum and maximum of each bin while the sound comes in. A last, shorter bin is answered too. */
export class PeakMeter {
  private readonly values: number[] = [];
  private readonly binFrames: number;
  private readonly rate: number;
  private frame = 0;
  private low = Infinity;
  private high = -Infinity;
  private binEnd: number;

  /** `sampleRate` in Hz; `rate` in bins a second, at most the sample rate. */
  constructor(sampleRate: number, rate: number = peaksRate) {
    this.rate = rate;
    this.binFrames = sampleRate / rate;
    this.binEnd = Math.round(this.binFrames);
  }

  push(samples: Float32Array): void {
    let { low, high } = this;
    for (let index = 0; index < samples.length; index++) {
      const sample = samples[index] as number;
      if (sample < low) low = sample;
      if (sample > high) high = sample;
      if (++this.frame === this.binEnd) {
        this.values.push(toInt8(low), toInt8(high));
        low = Infinity;
        high = -Infinity;
        this.binEnd = Math.round((this.values.length / 2 + 1) * this.binFrames);
      }
    }
    this.low = low;
    this.high = high;
  }

  peaks(): Peaks {
    const values = [...this.values];
    if (this.high >= this.low) values.push(toInt8(this.low), toInt8(this.high));
    return { rate: this.rate, values };
  }
}

/** The same peaks in at most `most` bins: each the extremes of a whole number of theirs. */
export function reducePeaks(peaks: Peaks, most: number): Peaks {
  const bins = Math.floor(peaks.values.length / 2);
  const each = Math.max(1, Math.ceil(bins / most));
  if (each === 1) return peaks;
  const values: number[] = [];
  for (let first = 0; first < bins; first += each) {
    let low = 127;
    let high = -128;
    for (let bin = first; bin < Math.min(bins, first + each); bin++) {
      low = Math.min(low, peaks.values[bin * 2] as number);
      high = Math.max(high, peaks.values[bin * 2 + 1] as number);
    }
    values.push(low, high);
  }
  return { rate: peaks.rate / each, values };
}

/** Peaks for the wire: their values as bytes (int8) in base64. A call walks every number it carries, but not a text. */
export interface PackedPeaks {
  rate: number;
  bytes: string;
}

/** Peaks as they come off the wire: interleaved minimum and maximum, −128…127. */
export interface UnpackedPeaks {
  rate: number;
  values: Int8Array;
}

/** Bytes turned into letters at a time: a call takes only so many arguments. */
const packedAtOnce = 8192;

export function packPeaks({ rate, values }: Peaks): PackedPeaks {
  const bytes = new Uint8Array(Int8Array.from(values).buffer);
  let letters = '';
  for (let first = 0; first < bytes.length; first += packedAtOnce) {
    letters += String.fromCharCode(...bytes.subarray(first, first + packedAtOnce));
  }
  return { rate, bytes: btoa(letters) };
}

/** The peaks that were packed. Throws where the text is no base64. */
export function unpackPeaks({ rate, bytes }: PackedPeaks): UnpackedPeaks {
  const letters = atob(bytes);
  const values = new Int8Array(letters.length);
  for (let index = 0; index < letters.length; index++) values[index] = letters.charCodeAt(index);
  return { rate, values };
}

/** Quiet voices are drawn up to this much larger, so that a whisper has a ring and a silence has none. */
const ringMagnification = 16;

/**
 * `count` heights (0…127) for the ring that stands for a portrait: the largest of each stretch, drawn so that the
 * loudest reaches 127. Without peaks every height is 0. Decoration, never an identifier.
 */
export function ringPeaks(peaks: Peaks, count = 96): number[] {
  const bins = Math.floor(peaks.values.length / 2);
  const heights = new Array<number>(count).fill(0);
  if (bins === 0) return heights;
  for (let index = 0; index < count; index++) {
    const first = Math.floor((index * bins) / count);
    const end = Math.max(first + 1, Math.floor(((index + 1) * bins) / count));
    for (let bin = first; bin < end; bin++) {
      const low = peaks.values[bin * 2] as number;
      const high = peaks.values[bin * 2 + 1] as number;
      heights[index] = Math.max(heights[index] as number, Math.abs(low), Math.abs(high));
    }
  }
  const loudest = Math.max(...heights);
  const scale = loudest === 0 ? 0 : Math.min(ringMagnification, 127 / loudest);
  return heights.map((height) => Math.min(127, Math.round(height * scale)));
}
