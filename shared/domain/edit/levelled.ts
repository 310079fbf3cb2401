import { GainSearch } from '../level.ts';
import { limit, peakEnvelope } from '../limiter.ts';
import { integratedLoudness, LoudnessMeter } from '../loudness.ts';
import type { EditSound } from './apply.ts';

/**
 * Publication loudness for a sound that is made in parts: what `../level.ts` does to a whole one, with bounded memory.
 */

/** The limiter's trace of a peak is 100 dB down after this long, and it looks so far ahead; in seconds. */
const traceBack = 0.65;
const lookAhead = 0.01;
/** Measured so much at once, in seconds. */
const stretchSeconds = 5;

export interface Level {
  gainDb: number;
  /** Of the limiter, in dBTP. */
  ceilingDb: number;
}

const linear = (db: number) => 10 ** (db / 20);

function toEnd<T>(work: Generator<void, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Frames `from`…`to` − 1 of a sound at this gain, under the ceiling. */
export async function readLevelled(
  sound: EditSound,
  sampleRate: number,
  from: number,
  to: number,
  level: Level,
): Promise<Float32Array<ArrayBuffer>> {
  const first = Math.max(0, from - Math.round(traceBack * sampleRate));
  const samples = await sound.read(first, to + Math.round(lookAhead * sampleRate));
  const gain = linear(level.gainDb);
  const ceiling = linear(level.ceilingDb);
  const envelope = toEnd(peakEnvelope(samples, sampleRate, ceiling / gain));
  const limited = toEnd(limit(samples, envelope, { gain, ceiling, sampleRate }));
  return new Float32Array(limited.subarray(from - first, to - first));
}

async function loudnessOf(
  sampleRate: number,
  length: number,
  read: (from: number, to: number) => Promise<Float32Array>,
  goOn: () => Promise<boolean>,
): Promise<number | null | 'stopped'> {
  const meter = new LoudnessMeter(sampleRate);
  for (let from = 0; from < length; from += stretchSeconds * sampleRate) {
    if (!(await goOn())) return 'stopped';
    meter.push(await read(from, Math.min(length, from + stretchSeconds * sampleRate)));
  }
  return integratedLoudness(meter.steps());
}

/**
 * The gain in dB that brings a sound to `lufs` through the limiter, as a rendition's is found. `goOn` is
 * asked before each stretch of five seconds. `tell` hears the gain as soon as the sound has been measured once, before
 * what the limiter takes is made good. `null` for a sound without loudness, or when it was stopped.
 */
export async function findGain(
  sound: EditSound,
  sampleRate: number,
  { lufs, ceilingDb }: { lufs: number; ceilingDb: number },
  goOn: () => Promise<boolean>,
  tell: (gainDb: number) => void = () => undefined,
): Promise<number | null> {
  const { length } = sound.plan;
  const before = await loudnessOf(sampleRate, length, sound.read, goOn);
  if (before === null || before === 'stopped') return null;
  const search = new GainSearch(lufs, before);
  tell(search.gainDb);
  for (;;) {
    const level = { gainDb: search.gainDb, ceilingDb };
    const reached = await loudnessOf(
      sampleRate,
      length,
      (from, to) => readLevelled(sound, sampleRate, from, to, level),
      goOn,
    );
    if (reached === 'stopped') return null;
    if (reached === null || !search.tell(reached)) return search.bestDb;
  }
}
