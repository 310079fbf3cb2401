import { limit, peakEnvelope } from './limiter.ts';
import { integratedLoudness, LoudnessMeter } from './loudness.ts';
import { TruePeakMeter } from './truePeak.ts';

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
 * Raises or lowers a sound to `lufs` under a ceiling of `ceilingDb` dBTP. A limiter takes loudness away, so it probes:
 * apply the gain, measure, correct by what is missing (along the secant from the second probe on). Two or three probes
 * do for speech. Answers the best try; `null` for a sound without loudness.
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
  let gainDb = lufs - before;
  let best: Levelled | null = null;
  let previous: { gainDb: number; lufs: number } | null = null;
  for (let probe = 0; probe < mostProbes; probe++) {
    const floor = ceiling / linear(gainDb);
    if (floor < known) {
      known = ceiling / linear(gainDb + headroomDb);
      envelope = yield* peakEnvelope(samples, sampleRate, known);
    }
    const tried = yield* limit(samples, envelope, { gain: linear(gainDb), ceiling, sampleRate });
    const reached = yield* measureLoudness(tried, sampleRate);
    if (reached === null) return best;
    const missing = lufs - reached;
    if (!best || Math.abs(missing) < Math.abs(lufs - best.lufs)) best = { samples: tried, gainDb, lufs: reached };
    if (Math.abs(missing) <= precision) return best;
    const slope = previous ? (reached - previous.lufs) / (gainDb - previous.gainDb) : 1;
    previous = { gainDb, lufs: reached };
    // Where the limiter eats nearly all of a gain, more of it only flattens the sound.
    gainDb += Math.max(-6, Math.min(6, missing / Math.max(0.25, Math.min(1, slope))));
  }
  return best;
}
