import type { Peaks, Verdict } from './sound.ts';

/** A take as the library holds it. */
export interface StoredTake {
  takeId: string;
  portraitId: string;
  tokenHash: string;
  state: 'open' | 'closed' | 'recovered';
  sampleRate: number;
  /** Null while the take is open. */
  frames: number | null;
  startedAt: string;
  verdict: Verdict | null;
  peaks: Peaks | null;
}

/** All that is known of a take's sound when it is closed. */
export interface TakeClosing {
  state: 'closed' | 'recovered';
  closedAt: string;
  frames: number;
  goFrame: number | null;
  elapsedMs: number | null;
  /** SHA-256 (hex) of the PCM data, without the WAV header. */
  sha256: string;
  verdict: Verdict | null;
  peaks: Peaks | null;
}
