import { addPiece, type EditPlan, fade, piecesOf } from '../../../shared/domain/edit/plan.ts';
import { limit, stepFrames } from '../../audio/limiter.ts';
import type { MasterReader } from './master.ts';

/** What is heard: the edit, the edit without its clean-up, or the master as it was recorded. */
export type As = 'result' | 'bare' | 'original';

/** How long a limiter remembers a peak (eight times its release), and how far it looks ahead, in seconds. */
const memory = 0.4;
const ahead = 0.012;

/** Frames `first`…`end` − 1 of the master, cleaned as the edit says. */
export type Clean = (first: number, end: number) => Promise<Float32Array<ArrayBuffer>>;

/** Frames `from`…`to` − 1 of the result, before any gain. */
export async function resultOf(plan: EditPlan, clean: Clean, from: number, to: number) {
  const out = new Float32Array(to - from);
  const pieces = piecesOf(plan, from, to);
  const sounds = await Promise.all(pieces.map((piece) => clean(piece.first, piece.end)));
  for (const [index, piece] of pieces.entries()) addPiece(out, from, plan, piece, sounds[index] as Float32Array);
  fade(out, from, plan);
  return out;
}

export interface Level {
  gainDb: number;
  ceilingDb: number;
}

/**
 * Frames `from`…`from + count` − 1 at publication loudness. The limiter begins a little earlier than it is listened to
 * and sees a little further, so that pieces fit together as if it had run through.
 */
export async function levelled(
  read: (from: number, to: number) => Promise<Float32Array<ArrayBuffer>>,
  { from, count, length, sampleRate }: { from: number; count: number; length: number; sampleRate: number },
  { gainDb, ceilingDb }: Level,
): Promise<Float32Array<ArrayBuffer>> {
  const step = stepFrames(sampleRate);
  const first = Math.max(0, Math.floor((from - memory * sampleRate) / step) * step);
  const end = Math.min(length, from + count + Math.ceil(ahead * sampleRate));
  const limited = limit(await read(first, end), sampleRate, gainDb, ceilingDb);
  return limited.slice(from - first, from - first + count);
}

/** A reader's own samples, for what is not cleaned. */
export const uncleaned =
  (master: MasterReader): Clean =>
  (first, end) =>
    master.samples(first, end);
