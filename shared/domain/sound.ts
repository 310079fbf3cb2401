/**
 * Shapes of everything that is known about a sound. Times are in seconds from the master's first frame unless a name
 * ends in `Frame` (an index) or `Ms`.
 */

/** Start values; each has its test in `shared/domain/warnings.ts`. */
export const warnings = ['clipped', 'tooQuiet', 'noisy', 'silent', 'tooShort', 'gaps'] as const;
export type Warning = (typeof warnings)[number];

/** Loudness as ITU-R BS.1770-4 / EBU R 128 measure it, dual-mono. */
export interface Loudness {
  /** Integrated loudness in LUFS; `null` for silence (−∞). */
  integrated: number | null;
  /** True peak in dBTP; `null` for digital silence. */
  truePeak: number | null;
  /** Loudness range in LU. */
  range: number;
}

/** Where the speech stands in a take; `null` when none was found. */
export interface SpeechEdges {
  start: number;
  end: number;
}

/** Sound the microphone never gave: the master goes on after it, so many seconds of the visitor's time are not there. */
export interface LostSound {
  /** Seconds of the master. */
  at: number;
  seconds: number;
}

/** What the analysis of a whole take says. */
export interface SoundAnalysis {
  /** Whole length in seconds. */
  duration: number;
  loudness: Loudness;
  /** RMS percentiles of 50 ms frames in the band 120–6000 Hz, in dBFS: room (p10) and speech (p95). */
  floorDb: number;
  speechDb: number;
  speech: SpeechEdges | null;
  /** Seconds of speech found between the edges. */
  speechSeconds: number;
  warnings: Warning[];
  /** With the warning `gaps`. */
  gaps?: LostSound[] | undefined;
}

/** Minimum and maximum of each bin as int8 (−128…127), interleaved min,max; what waveforms are drawn from. */
export interface Peaks {
  /** Bins a second. */
  rate: number;
  /** Interleaved min, max; length is 2 × bins. */
  values: number[];
}

/** What the visitor gets at stop. */
export interface Verdict {
  analysis: SoundAnalysis;
  /** Gain in dB that brings the speech to publication loudness; 0 when there is no speech. */
  gainDb: number;
  /** The suggested trim, already padded and clamped to the take. */
  trim: SpeechEdges;
}

/** All that capture asks of the analysis of one take. */
export interface TakeSound extends Verdict {
  peaks: Peaks;
}

/** Publication loudness. Default −16 LUFS dual-mono and −1 dBTP (Apple Podcasts asks −16 ±1 and ≤ −1 dBTP). */
export interface LoudnessTarget {
  lufs: number;
  truePeak: number;
}
export const defaultTarget: LoudnessTarget = { lufs: -16, truePeak: -1 };

/** A stretch that is left out of an edit, in seconds of the master; `start` < `end`. */
export interface Cut {
  start: number;
  end: number;
}

/** Gentle cleaning, each of it off until a host turns it on. */
export interface CleanUp {
  /** Takes rumble and handling away, below about 80 Hz. */
  highPass: boolean;
  /** Takes the mains' hum away (50 Hz and its overtones). */
  hum: boolean;
  /** Lowers the steady noise of a room in the pauses and below the voice. */
  noise: boolean;
}

/** A word that marks a moment of the master; markers become chapters. */
export interface Marker {
  /** Seconds of the master. */
  at: number;
  word: string;
}

/** A decision list (EDL) applied to a master; the master itself is never changed. */
export interface Edit {
  /** Seconds of the master; 0 ≤ in < out ≤ duration. */
  in: number;
  out: number;
  /** Fade lengths in seconds. */
  fadeIn: number;
  fadeOut: number;
  /** In order, apart from each other, strictly between `in` and `out`. */
  cuts: Cut[];
  /** What a host adds to (or takes from) publication loudness, in dB; 0 for a portrait as loud as the others. */
  gainDb: number;
  cleanUp: CleanUp;
  /** In order; those in a cut or outside `in` and `out` are kept and not heard. */
  markers: Marker[];
}

export const formats = ['mp3', 'flac', 'opus', 'aac'] as const;
export type Format = (typeof formats)[number];

/** How a rendition is made: with the edit and the master it determines every byte. */
export interface Recipe {
  /** Raised whenever the same inputs would give other bytes. */
  version: number;
  target: LoudnessTarget;
  formats: Format[];
}

/** Device and method that made a take. */
export interface SoundSource {
  /** Frames a second, as the device gave them. */
  sampleRate: number;
  /** Name of the microphone as the browser gives it; may be empty. */
  device: string;
  /** `processor`: MediaStreamTrackProcessor in a worker, exact. `worklet`: the fallback that may slip. */
  method: 'processor' | 'worklet';
}
