import type { Warning } from './sound.ts';
import { leastContrastDb } from './speechEdges.ts';

/** Start values; measured on booth-like speech and to be tuned with real halls. */
export const limits = {
  /** Samples from here on are clipped, in dBFS … */
  clippedDb: -0.1,
  /** … when so many stand in a row on the same side: a wave cut flat, not a peak that happens to be high. */
  clippedRun: 3,
  /** Speech quieter than this, in LUFS, drowns in the microphone's own noise once raised. */
  quietLufs: -40,
  /** Less than this between room and voice, in dB, is noisy. */
  noisyDb: 20,
  /** Peaks that never reach this, in dBFS, are no sound at all. */
  silentDb: -60,
  /** Less speech than this, in seconds, is short for a portrait. */
  shortSeconds: 20,
} as const;

const clippedLevel = 10 ** (limits.clippedDb / 20);

/** Counts places where the sound is cut flat, while it comes in. */
export class ClipMeter {
  private run = 0;
  private side = 0;
  private count = 0;

  push(samples: Float32Array): void {
    for (let index = 0; index < samples.length; index++) {
      const sample = samples[index] as number;
      const side = sample >= clippedLevel ? 1 : sample <= -clippedLevel ? -1 : 0;
      if (side === 0) this.run = 0;
      else {
        this.run = side === this.side ? this.run + 1 : 1;
        if (this.run === limits.clippedRun) this.count++;
      }
      this.side = side;
    }
  }

  /** How often the sound was cut flat. */
  clips(): number {
    return this.count;
  }
}

export interface WarningFigures {
  /** Times the sound was cut flat. */
  clips: number;
  /** Integrated loudness of the speech in LUFS (of the whole where there is none); `null` for silence. */
  lufs: number | null;
  /** Largest sample in dBFS; `null` for digital silence. */
  peakDb: number | null;
  floorDb: number;
  speechDb: number;
  hasSpeech: boolean;
  /** Seconds of speech. */
  speechSeconds: number;
}

/** What a visitor and a host should know of a take. A silent take is only that: the other marks would mislead. */
export function soundWarnings(figures: WarningFigures): Warning[] {
  const contrast = figures.speechDb - figures.floorDb;
  const silent =
    figures.lufs === null ||
    figures.peakDb === null ||
    figures.peakDb < limits.silentDb ||
    !figures.hasSpeech ||
    contrast < leastContrastDb;
  const found: Warning[] = [];
  if (figures.clips > 0) found.push('clipped');
  if (silent) return [...found, 'silent'];
  if (figures.lufs !== null && figures.lufs < limits.quietLufs) found.push('tooQuiet');
  if (contrast < limits.noisyDb) found.push('noisy');
  if (figures.speechSeconds < limits.shortSeconds) found.push('tooShort');
  return found;
}
