import type { TakeStart } from '../../../shared/contract/capture.ts';
import type { Choices, Guardian } from '../../../shared/contract/consent.ts';
import type { StoodBy } from '../../../shared/domain/consent.ts';
import type { TakeSound } from '../../../shared/domain/sound.ts';
import type { StoredTake, TakeClosing } from '../../../shared/domain/take.ts';

/** Who authorised a minor's portrait. */
export interface GuardiansWord {
  guardians: Guardian[];
  stoodBy: StoodBy | null;
}

/** What capture needs of the library; every method is one durable transaction. */
export interface CaptureStore {
  /**
   * Makes portrait (if new), consent, speaker and open take. `exists` when the same take was started before with the
   * same token hash (harmless); `refused` when the portrait has another token; `closed` when it is past recording.
   */
  startTake(start: TakeStart, tokenHash: string, startedAt: string): 'started' | 'exists' | 'refused' | 'closed';
  /** The take as stored, or undefined. */
  take(takeId: string): StoredTake | undefined;
  /** Ids of the takes a crash left open. */
  openTakes(): string[];
  /**
   * Portraits still `recording` that have closed takes and no open one: the page went away between stop and keep.
   * With each, its newest closed take.
   */
  unsettled(): { portraitId: string; takeId: string }[];
  /** Marks the take closed or recovered with all that is known of its sound. */
  closeTake(takeId: string, closing: TakeClosing): void;
  /**
   * Portrait → toReview, confirmed, with this take, its suggested edit, what its visitor allows and a code; answers the
   * code and the other takes.
   */
  keep(portraitId: string, takeId: string, choices: Choices): { code: string; otherTakes: string[] } | 'closed';
  /** Portrait → toReview, unconfirmed (walk-away, crash); harmless when it is past recording. */
  keepUnconfirmed(portraitId: string, takeId: string): void;
  /** Forgets the portrait with everything of it; answers the take ids whose files have to go, or `closed`. */
  discard(portraitId: string): string[] | 'closed';
  /** Forgets one take (replaced by another, or without a single frame); a portrait left without takes goes with it. */
  forgetTake(takeId: string): void;
  /** Whether the portrait was thrown away or erased: what is left of it must not be taken in again. */
  erased(portraitId: string): boolean;
  /** Takes a lost take of a portrait that has none any more in again, as open; false where there is no such portrait. */
  readmit(start: TakeStart, startedAt: string): boolean;
  /** Token hash of the portrait, or undefined. */
  portraitToken(portraitId: string): string | undefined;
  /**
   * What stands in the evidence of a minor's portrait: who signed for the yes given at `answeredAt`, and who stood by.
   * Undefined when there is no such portrait, when nobody signed, and once it is erased.
   */
  guardiansOf(portraitId: string, answeredAt: string): GuardiansWord | undefined;
}

/** What capture needs of audio: one analysis that grows while the take does. */
export interface LiveAnalysis {
  /** Takes 24-bit little-endian mono PCM; whole frames. */
  push(pcm: Uint8Array): void;
  /** Ends the input and answers; rejects when the analysis failed (the take itself is never in danger). */
  finish(): Promise<TakeSound>;
  abort(): void;
}
export interface CaptureAudio {
  live(sampleRate: number): LiveAnalysis;
  /** The same analysis of a whole file. */
  analyse(wavPath: string): Promise<TakeSound>;
}
