import { bandPass, FilterChain } from './biquad.ts';
import type { SpeechEdges } from './sound.ts';

/** Frames a second whose level is looked at: 50 ms each. */
export const framesPerSecond = 20;
/** Levels under this are digital silence (no microphone, not a quiet room): they tell nothing of the room. */
const nothingDb = -100;

/** Level of each 50 ms frame in the band of speech (120–6000 Hz), in dBFS RMS, while the sound comes in. */
export class SpeechLevelMeter {
  private readonly chain: FilterChain;
  private readonly frameLength: number;
  private readonly buffer: Float64Array;
  private filled = 0;
  private readonly levels: number[] = [];

  constructor(sampleRate: number) {
    this.chain = new FilterChain(bandPass(sampleRate, 120, 6000));
    this.frameLength = Math.round(sampleRate / framesPerSecond);
    this.buffer = new Float64Array(this.frameLength);
  }

  push(samples: Float32Array): void {
    for (let at = 0; at < samples.length; ) {
      const count = Math.min(samples.length - at, this.frameLength - this.filled);
      for (let index = 0; index < count; index++) this.buffer[this.filled + index] = samples[at + index] as number;
      this.filled += count;
      at += count;
      if (this.filled === this.frameLength) this.frame();
    }
  }

  private frame(): void {
    this.chain.run(this.buffer, this.frameLength);
    let sum = 0;
    for (let index = 0; index < this.frameLength; index++) {
      const y = this.buffer[index] as number;
      sum += y * y;
    }
    this.levels.push(10 * Math.log10(sum / this.frameLength + 1e-15));
    this.filled = 0;
  }

  /** Levels of the whole frames so far, −150 at the lowest. */
  frames(): readonly number[] {
    return this.levels;
  }
}

export interface SpeechReading {
  /** 10th percentile (the room) and 95th (the voice) of the frames' levels, in dBFS; −150 for digital silence. */
  floorDb: number;
  speechDb: number;
  /** From the first to the last spoken frame, unpadded; `null` when nothing stands out of the room. */
  speech: SpeechEdges | null;
  /** Seconds between the edges that are speech, the gaps between words included, pauses not. */
  speechSeconds: number;
}

/** Less than this between room and voice, in dB, and nobody speaks. */
export const leastContrastDb = 6;
/** A frame belongs to speech when it and its followers fill this much of a window of ten. */
const windowFrames = 10;
const windowActive = 6;
/** Gaps up to this many frames (0.6 s) belong to speech; longer ones are pauses. */
const wordGap = 12;

const percentile = (sorted: readonly number[], share: number) => sorted[Math.round((sorted.length - 1) * share)];

/** Room and voice levels of frames, digital silence left out. */
export function roomAndVoice(frames: readonly number[]): { floorDb: number; speechDb: number } {
  const sorted = frames.filter((level) => level > nothingDb).sort((a, b) => a - b);
  return { floorDb: percentile(sorted, 0.1) ?? -150, speechDb: percentile(sorted, 0.95) ?? -150 };
}

/**
 * Where somebody speaks, from the levels of 50 ms frames. A fixed threshold fails in a noisy hall, so it follows the
 * room: floor + 40 % of the way to the voice, at least 4 and at most 15 dB above the floor. An edge is the first (or
 * last) active frame that opens (or closes) a window of ten frames with at least six active, so that a knock is not
 * taken for a word. Start values measured on booth-like speech; edges fell within 190 ms.
 */
export function findSpeech(frames: readonly number[]): SpeechReading {
  const { floorDb, speechDb } = roomAndVoice(frames);
  const none = { floorDb, speechDb, speech: null, speechSeconds: 0 };
  if (speechDb - floorDb < leastContrastDb) return none;
  const threshold = floorDb + Math.max(4, Math.min(15, 0.4 * (speechDb - floorDb)));
  const active = frames.map((level) => level > threshold);
  const dense = (first: number) => {
    let count = 0;
    for (let index = first; index < first + windowFrames; index++) if (active[index]) count++;
    return count >= Math.min(windowActive, active.length);
  };
  const start = active.findIndex((is, index) => is && dense(index));
  const end = active.findLastIndex((is, index) => is && dense(index - windowFrames + 1));
  if (start < 0 || end < start) return none;
  let spoken = 0;
  let last = start;
  for (let index = start; index <= end; index++) {
    if (!active[index]) continue;
    spoken += index - last <= wordGap + 1 ? index - last : 1;
    last = index;
  }
  return {
    floorDb,
    speechDb,
    speech: { start: start / framesPerSecond, end: (end + 1) / framesPerSecond },
    speechSeconds: (spoken + 1) / framesPerSecond,
  };
}

/** Room left around the speech, in seconds: a breath before and the last syllable's decay after. */
export const trimPad = 0.3;

/** The suggested trim: speech with its padding, inside the take; the whole take where there is no speech. */
export function suggestTrim(speech: SpeechEdges | null, duration: number): SpeechEdges {
  if (!speech) return { start: 0, end: duration };
  return { start: Math.max(0, speech.start - trimPad), end: Math.min(duration, speech.end + trimPad) };
}
