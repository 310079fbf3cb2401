import type { StopInput } from '../../shared/contract/capture.ts';
import type { SeenDevice } from '../../shared/domain/devices.ts';
import type { Peaks, SpeechEdges, Verdict } from '../../shared/domain/sound.ts';
import type { Gap } from './gaps.ts';

/** How loud the microphone is, about thirty times a second. dBFS, −120 for digital silence. */
export interface Level {
  rmsDb: number;
  peakDb: number;
}

/**
 * What is wrong with a microphone (see patience.ts): no data for a moment (`stalled`) or for so long that it is lost
 * (`noData`), digital zeros, its track ended (unplugged), or the system moved it to another device. Only `noData`,
 * `ended` and `moved` end a take.
 */
export type Trouble = 'stalled' | 'noData' | 'zeros' | 'ended' | 'moved';

/** What the microphone check says of the last seconds. */
export type Hearing = 'nothingHeard' | 'tooQuiet' | 'tooLoud' | 'good';

export interface Microphone {
  /** Frames a second, as the device gives them. */
  readonly sampleRate: number;
  /** Its own name, never « Default ». */
  readonly device: string;
  readonly seen: SeenDevice;
  readonly method: 'processor' | 'worklet';
  /** Effects the browser would not switch off, e.g. `noiseSuppression`; empty is how it should be. */
  readonly effects: readonly string[];
  /** Undefined while all is well. */
  readonly trouble: Trouble | undefined;
  /** Both answer a function that ends the listening. */
  onLevel(listener: (level: Level) => void): () => void;
  onTrouble(listener: (trouble: Trouble | undefined) => void): () => void;
  /** The microphone check over the last 4 seconds, or since `resetHearing`. */
  hearing(): Hearing;
  resetHearing(): void;
  /** Begins a take. One at a time: an earlier one that still records is abandoned. */
  record(options: RecordOptions): Recording;
  /** Lets the device go; a take under way is stopped and goes on being sent. */
  close(): void;
}

export type OpeningFailure =
  /** The visitor, the browser or the system said no. */
  | 'refused'
  /** No microphone is plugged in. */
  | 'missing'
  /** It is there and cannot be opened (held by another program, or broken). */
  | 'busy'
  /** It was opened and gave nothing within 8 s. */
  | 'noData'
  /** The one the hosts chose is not there; another is not taken in its place. */
  | 'chosenMissing'
  /** None was chosen, and what the system offers is no microphone (a monitor, a screen). */
  | 'noMicrophone';
/** `name`: of the device that is missed, or that is no microphone. */
export type Opening = { ok: true; microphone: Microphone } | { ok: false; reason: OpeningFailure; name?: string };

export interface RecordOptions {
  takeId: string;
  token: string;
  /**
   * When the countdown ends, in milliseconds of `performance.now()`; may lie ahead, so that a busy page cannot be late.
   * Now when left out. The 0.6 s before it are kept as well.
   */
  goAt?: number;
  /** Address of the door; the page's own origin when left out. */
  base?: string;
}

export interface Progress {
  state:
    | 'sending'
    /** The studio does not answer; the sound waits in memory and is sent again by itself. */
    | 'waiting'
    /** The disk is full; tried again by itself. */
    | 'diskFull'
    /** The studio will not take this take any more (it was restarted, or closed the take): see `resendAs`. */
    | 'refused'
    | 'delivered'
    | 'abandoned';
  recordedFrames: number;
  /** Frames the studio has said to be safe on disk. */
  durableFrames: number;
}

/** The whole take as the page heard it. */
export interface Stopped {
  /** Mono, −1 to 1; begins with the pre-roll. */
  samples: Float32Array<ArrayBuffer>;
  sampleRate: number;
  /** Frame at which the countdown ended. */
  goFrame: number;
  /** Between the first and the last frame, by the page's clock. */
  elapsedMs: number;
  /** Where the device lost sound; the samples simply go on after it. Left out when nothing was lost. */
  gaps?: readonly Gap[];
}

export interface Delivery {
  /** `all`: every frame is with the studio. Otherwise how it ended, with what the studio has. */
  outcome: 'all' | 'diskFull' | 'refused' | 'abandoned';
  chunks: number;
  frames: number;
}

export interface Recording {
  /** Of the take it is sent as now; `resendAs` changes both. */
  readonly takeId: string;
  readonly token: string;
  onProgress(listener: (progress: Progress) => void): () => void;
  /**
   * Ends the sound and answers with all of it, at once, whatever the studio does. Repeating it gives the same answer.
   * The end cue may be played once it has answered.
   */
  stop(): Promise<Stopped>;
  /** After `stop`: answers when the studio has everything. Tries for as long as it takes, unless the disk is full. */
  delivered(): Promise<Delivery>;
  /** Sends again from this chunk on, when the studio says that it lacks it. */
  resendFrom(chunk: number): void;
  /** Sends the whole take again, from its first frame, under another id. */
  resendAs(takeId: string, token: string): void;
  /** Forgets the sound and sends no more. */
  abandon(): void;
}

/** What the contract's `capture.stop` answers, its one expected error made a value. */
export type StopReply = { verdict: Verdict | null; peaks: Peaks | null } | { missing: number } | 'unknownTake';
/** Calls `capture.stop`; rejects when the studio cannot be reached. */
export type StopCall = (input: StopInput) => Promise<StopReply>;

export interface ListenBackOptions {
  samples: Float32Array<ArrayBuffer>;
  sampleRate: number;
  /** From the verdict; see `estimateGain` for when there is none. */
  gainDb: number;
  /** Only this part is played; the whole when left out. */
  trim?: SpeechEdges;
}

/** A take on its way to be heard; `prepareListenBack` right after the stop, `render` when the verdict is there. */
export interface PreparedListenBack {
  /** Once. Gain and trim as in ListenBackOptions. */
  render(gainDb: number, trim?: SpeechEdges): Promise<ListenBack>;
  /** Gives it up without rendering. */
  close(): void;
}

export interface ListenBack {
  /** A WAV at publication loudness as an object URL; the page's policy has to allow `media-src blob:`. */
  readonly url: string;
  /** Plays it; hand it to wavesurfer.js as `media`, with `peaks: [peaks]` and `duration`. */
  readonly element: HTMLAudioElement;
  /** Seconds. */
  readonly duration: number;
  /** Largest magnitude of each of about 500 equal parts, 0 to 1. */
  readonly peaks: number[];
  play(): Promise<void>;
  pause(): void;
  /** Seconds from the trimmed beginning. */
  seek(seconds: number): void;
  /** About 60 times a second while it plays, and at every seek; `ended` once at the end. */
  onPosition(listener: (position: { seconds: number; playing: boolean; ended: boolean }) => void): () => void;
  /** Frees the memory and the URL. */
  close(): void;
}

export type CueName = 'countdown' | 'start' | 'end';
export interface Cues {
  /** Plays at once; answers when it is over. A cue that cannot be played is passed over in silence. */
  play(name: CueName): Promise<void>;
  /**
   * Plays the countdown's cues (the last ones being `start`) so that all are over before the kept pre-roll begins.
   * `goAt` as in RecordOptions, at least 3 s ahead for the whole of it. Answers a function that calls it off.
   */
  countdown(goAt: number): () => void;
  close(): void;
}
