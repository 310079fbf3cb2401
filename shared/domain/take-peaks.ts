import { bandCount } from './edit/bands.ts';
import type { NoiseProfile } from './edit/noise.ts';

/**
 * The file beside a master from which it is drawn at any zoom, and in which the noise of its room is written down: made
 * once, so that nobody ever has to read a whole master to show it. A head of `takePeaksHead` bytes (little-endian):
 * `PHPK`, version (uint32), sample rate (uint32), frames (float64 at 16), noise of each band in dB (float64 from 32 on,
 * NaN for none). Then each level of `takePeaksLevels`, finest first: int16 minimum and maximum of each bin.
 */
export const takePeaksHead = 512;
/** Bins a second of each level: from setting an edge to seeing half an hour. Each a whole multiple of the next. */
export const takePeaksRates: readonly number[] = [400, 100, 25, 5];
/** Bytes of a bin: minimum and maximum as int16, for a quiet voice has few steps in eight bits. */
export const takePeaksBinBytes = 4;
const version = 1;
const noiseAt = 32;

export interface PeaksLevel {
  rate: number;
  bins: number;
  /** Byte in the file at which it begins. */
  offset: number;
}

/** Where each level stands; known before the file is made. */
export function takePeaksLevels(sampleRate: number, frames: number): PeaksLevel[] {
  let offset = takePeaksHead;
  return takePeaksRates.map((rate) => {
    const bins = Math.ceil((frames * rate) / sampleRate);
    const level = { rate, bins, offset };
    offset += bins * takePeaksBinBytes;
    return level;
  });
}

const toInt16 = (sample: number) => Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768)));

/** Makes the levels of a master of known length while it comes in. */
export class TakePeaksMeter {
  private readonly levels: PeaksLevel[];
  private readonly file: Uint8Array<ArrayBuffer>;
  private readonly view: DataView;
  private readonly binFrames: number;
  private frame = 0;
  private bin = 0;
  private binEnd: number;
  private low = Infinity;
  private high = -Infinity;

  constructor(sampleRate: number, frames: number) {
    this.levels = takePeaksLevels(sampleRate, frames);
    const last = this.levels.at(-1) as PeaksLevel;
    this.file = new Uint8Array(last.offset + last.bins * takePeaksBinBytes);
    this.view = new DataView(this.file.buffer);
    this.file.set(new TextEncoder().encode('PHPK'));
    this.view.setUint32(4, version, true);
    this.view.setUint32(8, sampleRate, true);
    this.view.setFloat64(16, frames, true);
    this.binFrames = sampleRate / (takePeaksRates[0] as number);
    this.binEnd = Math.round(this.binFrames);
  }

  push(samples: Float32Array): void {
    let { low, high } = this;
    for (let index = 0; index < samples.length; index++) {
      const sample = samples[index] as number;
      if (sample < low) low = sample;
      if (sample > high) high = sample;
      if (++this.frame === this.binEnd) {
        this.put(low, high);
        low = Infinity;
        high = -Infinity;
      }
    }
    this.low = low;
    this.high = high;
  }

  private put(low: number, high: number): void {
    const [finest] = this.levels as [PeaksLevel];
    if (this.bin < finest.bins && high >= low) {
      const at = finest.offset + this.bin * takePeaksBinBytes;
      this.view.setInt16(at, toInt16(low), true);
      this.view.setInt16(at + 2, toInt16(high), true);
    }
    this.bin += 1;
    this.binEnd = Math.round((this.bin + 1) * this.binFrames);
  }

  /** The whole file. */
  finish(noise: NoiseProfile): Uint8Array<ArrayBuffer> {
    this.put(this.low, this.high);
    for (let level = 1; level < this.levels.length; level++) this.coarsen(level);
    for (let band = 0; band < bandCount; band++) {
      this.view.setFloat64(noiseAt + band * 8, noise[band] ?? Number.NaN, true);
    }
    return this.file;
  }

  private coarsen(level: number): void {
    const from = this.levels[level - 1] as PeaksLevel;
    const to = this.levels[level] as PeaksLevel;
    const each = from.rate / to.rate;
    for (let bin = 0; bin < to.bins; bin++) {
      let low = 32_767;
      let high = -32_768;
      for (let fine = bin * each; fine < Math.min(from.bins, (bin + 1) * each); fine++) {
        low = Math.min(low, this.view.getInt16(from.offset + fine * takePeaksBinBytes, true));
        high = Math.max(high, this.view.getInt16(from.offset + fine * takePeaksBinBytes + 2, true));
      }
      this.view.setInt16(to.offset + bin * takePeaksBinBytes, low, true);
      this.view.setInt16(to.offset + bin * takePeaksBinBytes + 2, high, true);
    }
  }
}

/** The noise profile in the head of such a file; `null` when it is not one of this version. */
export function noiseOfTake(head: Uint8Array): NoiseProfile | null {
  if (head.length < takePeaksHead || new TextDecoder().decode(head.subarray(0, 4)) !== 'PHPK') return null;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (view.getUint32(4, true) !== version) return null;
  return Array.from({ length: bandCount }, (_, band) => {
    const db = view.getFloat64(noiseAt + band * 8, true);
    return Number.isNaN(db) ? null : db;
  });
}
