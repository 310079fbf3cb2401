import { limit, peakEnvelope } from '../../../shared/domain/limiter.ts';
import { integratedLoudness, LoudnessMeter } from '../../../shared/domain/loudness.ts';

/** What is heard: the edit, the edit without its clean-up, or the master as it was recorded. */
export type As = 'result' | 'bare' | 'original';

/** A sound that can be read from anywhere, in frames. */
export interface Heard {
  sampleRate: number;
  length: number;
  read(from: number, to: number): Promise<Float32Array>;
}

export interface Level {
  gainDb: number;
  ceilingDb: number;
}

/** How long the limiter remembers a peak (ten times its release), and how far it looks ahead, in seconds. */
const memory = 0.5;
const ahead = 0.02;

const linear = (db: number) => 10 ** (db / 20);

function toEnd<Value>(work: Generator<void, Value>): Value {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/**
 * Frames `from`…`from + count` − 1 with gain and under the ceiling, by the limiter that renditions go through. It
 * begins a little earlier than it is listened to and sees a little further, so that pieces fit together as if it had
 * run through.
 */
export async function levelled(
  { read, length, sampleRate }: Heard,
  from: number,
  count: number,
  { gainDb, ceilingDb }: Level,
): Promise<Float32Array<ArrayBuffer>> {
  const first = Math.max(0, from - Math.round(memory * sampleRate));
  const end = Math.min(length, from + count + Math.round(ahead * sampleRate));
  const samples = await read(first, end);
  const gain = linear(gainDb);
  const ceiling = linear(ceilingDb);
  const envelope = toEnd(peakEnvelope(samples, sampleRate, ceiling / gain));
  const limited = toEnd(limit(samples, envelope, { gain, ceiling, sampleRate }));
  return limited.slice(from - first, from - first + count);
}

/** Seconds worked on between two looks at what else is wanted: sound comes before figures. */
const stretch = 2;

/** Loudness of a stretch as it is read by `read`; undefined when `rest` says that nobody wants it any more. */
async function loudness(
  sampleRate: number,
  [from, to]: readonly [number, number],
  read: (from: number, to: number) => Promise<Float32Array>,
  rest: () => Promise<boolean>,
): Promise<number | null | undefined> {
  const meter = new LoudnessMeter(sampleRate);
  const size = Math.round(stretch * sampleRate);
  for (let at = from; at < to; at += size) {
    meter.push(await read(at, Math.min(to, at + size)));
    if (!(await rest())) return undefined;
  }
  return integratedLoudness(meter.steps());
}

/**
 * The gain that brings a stretch to `lufs` under a ceiling. A limiter takes loudness away, so the first guess is
 * listened to and mended once: within a tenth of what the ear can tell. `null` for silence, undefined when `rest` says
 * that nobody wants it any more.
 */
export async function gainFor(
  heard: Heard,
  span: readonly [number, number],
  { lufs, ceilingDb }: { lufs: number; ceilingDb: number },
  rest: () => Promise<boolean>,
): Promise<number | null | undefined> {
  const before = await loudness(heard.sampleRate, span, heard.read, rest);
  if (before === null || before === undefined) return before;
  const gainDb = lufs - before;
  const read = (from: number, to: number) => levelled(heard, from, to - from, { gainDb, ceilingDb });
  const reached = await loudness(heard.sampleRate, span, read, rest);
  if (reached === null || reached === undefined) return gainDb;
  return gainDb + Math.max(-3, Math.min(3, lufs - reached));
}
