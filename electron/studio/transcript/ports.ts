import type { Transcript } from '../../../shared/contract/base.ts';
import type { EngineAbsence, TranscriptFailure } from '../../../shared/contract/transcript.ts';
import type { Cue } from '../../../shared/domain/captions.ts';
import type { Language } from '../../../shared/domain/language.ts';

/** What automatic transcripts need of the library. */
export interface TranscriptStore {
  portrait(id: string): { language: Language; duration: number | null; transcript: Transcript | null } | undefined;
  /** Stores it unless the transcript is no longer `before`; false then. */
  fill(id: string, before: Transcript | null, transcript: Transcript): boolean;
}

/** What they need of audio: the portrait's whole master as a 16 kHz mono WAVE file. */
export interface SpeechSound {
  write(portraitId: string, path: string, signal: AbortSignal): Promise<{ ok: true } | { ok: false; detail: string }>;
}

export type EngineFound = { ok: true; program: string } | { ok: false; why: EngineAbsence };

/** `engineGone`: the program is not there any more; `engineHung`: it stopped saying how far it is. */
export type EngineFailure = Extract<TranscriptFailure, 'engineFailed' | 'engineGone' | 'engineHung'>;

export interface EngineRun {
  wav: string;
  /** A folder of its own; what is left in it is thrown away afterwards. */
  folder: string;
  language: Language;
  signal: AbortSignal;
  /** Hears 0…1. */
  onProgress(share: number): void;
}

/** Something on this machine that writes down what is said. It never speaks to a network. */
export interface TranscriptEngine {
  /** Whether it can be used now; asked before every piece of work, so a new setting counts at once. */
  find(): Promise<EngineFound>;
  /** Passages in seconds of the sound. Rejects with the signal's reason on abort. */
  run(work: EngineRun): Promise<{ ok: true; cues: Cue[] } | { ok: false; failure: EngineFailure; detail: string }>;
}
