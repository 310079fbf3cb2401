import { limit, peakEnvelope } from './limiter.ts';
import { integratedLoudness, LoudnessMeter } from './loudness.ts';
import type { Edit, LoudnessTarget } from './sound.ts';
import { TruePeakMeter } from './truePeak.ts';

/** How far below the true-peak target a sound is limited before it is encoded, in dB: a codec overshoots. */
export const codecRoomDb = 0.5;
/** Speech whose loudness is nearer to its ceiling than this, in LU, has lost its peaks to the limiter. */
const leastPeakRoom = 8;

/**
 * Publication loudness with the gain a host gave this portrait, as far as its peaks have room: speech this near the
 * ceiling would be limited flat.
 */
export function targetOf({ gainDb }: Pick<Edit, 'gainDb'>, target: LoudnessTarget): LoudnessTarget {
  const loudest = Math.max(target.lufs, target.truePeak - leastPeakRoom);
  return { ...target, lufs: Math.min(loudest, target.lufs + gainDb) };
}

const slice = 16_384;
const linear = (db: number) => 10 ** (db / 20);

export interface Measured {
  /** Integrated loudness in LUFS, dual-mono; `null` for silence. */
  lufs: number | null;
  /** True peak in dBTP; −200 for digital silence. */
  truePeak: number;
}

function* measureLoudness(samples: Float32Array, sampleRate: number): Generator<void, number | null> {
  const meter = new LoudnessMeter(sampleRate);
  for (let at = 0; at < samples.length; at += slice) {
    meter.push(samples.subarray(at, at + slice));
    yield;
  }
  return integratedLoudness(meter.steps());
}

/** True peak in dBTP; −200 for digital silence. */
export function* measureTruePeak(samples: Float32Array, sampleRate: number): Generator<void, number> {
  const meter = new TruePeakMeter(sampleRate);
  for (let at = 0; at < samples.length; at += slice) {
    meter.push(samples.subarray(at, at + slice));
    yield;
  }
  return Math.max(-200, 20 * Math.log10(meter.peak()));
}

export interface Levelled {
  samples: Float32Array;
  /** Gain before the limiter, in dB. */
  gainDb: number;
  lufs: number;
}

/** Close enough to stop trying, in LU: a tenth of what the ear or a checker allows. */
const precision = 0.02;
const mostProbes = 8;

/**
 * Looks for the gain that brings a sound to `lufs` although a limiter takes some away: try, measure, correct by what is
 * missing (along the secant from the second try on). Two or three tries do for speech.
 */
export class GainSearch {
  /** To be tried next, and the best one tried, in dB. */
  gainDb: number;
  bestDb: number;
  private least = Infinity;
  private tries = 0;
  private previous: { gainDb: number; lufs: number } | null = null;
  private readonly lufs: number;

  constructor(lufs: number, before: number) {
    this.lufs = lufs;
    this.gainDb = lufs - before;
    this.bestDb = this.gainDb;
  }

  /** Takes the loudness reached with `gainDb`; whether another try is worth it. */
  tell(reached: number): boolean {
    const { gainDb, previous } = this;
    const missing = this.lufs - reached;
    if (Math.abs(missing) < this.least) {
      this.least = Math.abs(missing);
      this.bestDb = gainDb;
    }
    if (Math.abs(missing) <= precision || ++this.tries === mostProbes) return false;
    const slope = previous ? (reached - previous.lufs) / (gainDb - previous.gainDb) : 1;
    this.previous = { gainDb, lufs: reached };
    // Where the limiter eats nearly all of a gain, more of it only flattens the sound.
    this.gainDb += Math.max(-6, Math.min(6, missing / Math.max(0.25, Math.min(1, slope))));
    return true;
  }
}

/**
 * Raises or lowers a sound to `lufs` under a ceiling of `ceilingDb` dBTP. Answers the best try; `null` for a sound without loudness.
 */
export function* bringToLevel(
  samples: Float32Array,
  sampleRate: number,
  { lufs, ceilingDb }: { lufs: number; ceilingDb: number },
): Generator<void, Levelled | null> {
  const before = yield* measureLoudness(samples, sampleRate);
  if (before === null) return null;
  const ceiling = linear(ceilingDb);
  const headroomDb = 1.5;
  let known = Infinity;
  let envelope: Float32Array = new Float32Array(0);
  const search = new GainSearch(lufs, before);
  let best: Levelled | null = null;
  for (;;) {
    const { gainDb } = search;
    const floor = ceiling / linear(gainDb);
    if (floor < known) {
      known = ceiling / linear(gainDb + headroomDb);
      envelope = yield* peakEnvelope(samples, sampleRate, known);
    }
    const tried = yield* limit(samples, envelope, { gain: linear(gainDb), ceiling, sampleRate });
    const reached = yield* measureLoudness(tried, sampleRate);
    if (reached === null) return best;
    const more = search.tell(reached);
    if (search.bestDb === gainDb) best = { samples: tried, gainDb, lufs: reached };
    if (!more) return best;
  }
}
