import type { CleanUp, Edit } from '../sound.ts';
import { cleanBlock, cleanGrid, cleansNothing } from './clean-up.ts';
import { NoiseMeter, type NoiseProfile } from './noise.ts';
import { addPiece, type EditPlan, editPlan, fade, piecesOf } from './plan.ts';

/**
 * The sound of an edit: pieces of the master, cleaned, joined and faded. The rendition and the preview are both made
 * here, so that what is heard is what is rendered. Publication loudness comes after it (`../level.ts`).
 */
export function applyEdit(samples: Float32Array, sampleRate: number, edit: Edit): Float32Array {
  const noise = edit.cleanUp.noise ? noiseProfile(samples, sampleRate) : null;
  const plan = editPlan(edit, sampleRate, samples.length);
  const read = (first: number, end: number) => samples.subarray(first, end);
  const block = (index: number) =>
    toEnd(cleanBlock(around(index, sampleRate, read, samples.length), sampleRate, edit.cleanUp, noise));
  const blocks = new Map<number, Float32Array>();
  const known = (index: number) => {
    const made = blocks.get(index) ?? block(index);
    blocks.set(index, made);
    return made;
  };
  const out = new Float32Array(plan.length);
  for (const piece of piecesOf(plan, 0, plan.length)) {
    const sound = cleansNothing(edit.cleanUp)
      ? read(piece.first, piece.end)
      : fromBlocks(piece.first, piece.end, sampleRate, known);
    addPiece(out, 0, plan, piece, sound);
  }
  fade(out, 0, plan);
  return out;
}

/** The noise of the room in a whole master. */
export function noiseProfile(samples: Float32Array, sampleRate: number): NoiseProfile {
  const meter = new NoiseMeter(sampleRate);
  meter.push(samples);
  return meter.profile();
}

/** A master that is read in parts. */
export interface MasterSource {
  sampleRate: number;
  frames: number;
  /** Frames `first`…`end` − 1, all inside the master. */
  read(first: number, end: number): Promise<Float32Array>;
}

export interface EditSound {
  plan: EditPlan;
  /** Frames `from`…`to` − 1 of the result; any order, any lengths. */
  read(from: number, to: number): Promise<Float32Array>;
}

/** Cleaned blocks that are kept for the next read. */
const blocksKept = 4;

/**
 * The same sound, made where and when it is asked for: bit by bit the samples of `applyEdit`, from as much of the
 * master as they need. `noise` is the master's profile and only needed where noise is cleaned. `run` takes the work to
 * its end, in slices where something else waits.
 */
export function editSound(
  master: MasterSource,
  edit: Edit,
  noise: NoiseProfile | null,
  run: <T>(work: Generator<void, T>) => Promise<T> = async (work) => toEnd(work),
): EditSound {
  const { sampleRate, frames } = master;
  const plan = editPlan(edit, sampleRate, frames);
  const cleaned = cleansNothing(edit.cleanUp) ? undefined : cleanMaster(master, edit.cleanUp, noise, run);
  return {
    plan,
    async read(from, to) {
      const out = new Float32Array(Math.max(0, Math.min(plan.length, to) - from));
      for (const piece of piecesOf(plan, from, from + out.length)) {
        const sound = await (cleaned ?? master).read(piece.first, piece.end);
        addPiece(out, from, plan, piece, sound);
      }
      fade(out, from, plan);
      return out;
    },
  };
}

function cleanMaster(
  master: MasterSource,
  cleanUp: CleanUp,
  noise: NoiseProfile | null,
  run: <T>(work: Generator<void, T>) => Promise<T>,
): Pick<MasterSource, 'read'> {
  const { sampleRate, frames } = master;
  const { block, before, after } = cleanGrid(sampleRate);
  const kept = new Map<number, Promise<Float32Array>>();

  async function make(index: number): Promise<Float32Array> {
    const start = index * block - before;
    const first = Math.max(0, start);
    const sound = await master.read(first, Math.min(frames, start + before + block + after));
    const samples = new Float32Array(before + block + after);
    samples.set(sound, first - start);
    return run(cleanBlock(samples, sampleRate, cleanUp, noise));
  }
  function blockAt(index: number): Promise<Float32Array> {
    const there = kept.get(index);
    const made = there ?? make(index);
    // The one used last is the last to go; one that failed is made again.
    kept.delete(index);
    kept.set(index, made);
    if (!there) made.catch(() => kept.delete(index));
    for (const old of kept.keys()) if (kept.size > blocksKept) kept.delete(old);
    return made;
  }
  return {
    async read(first, end) {
      const out = new Float32Array(end - first);
      for (let index = Math.floor(first / block); index * block < end; index++) {
        copyBlock(out, first, await blockAt(index), index * block);
      }
      return out;
    },
  };
}

/** A block with what is needed around it, zeros beyond the master's ends. */
function around(
  index: number,
  sampleRate: number,
  read: (first: number, end: number) => Float32Array,
  frames: number,
): Float32Array {
  const { block, before, after } = cleanGrid(sampleRate);
  const start = index * block - before;
  const first = Math.max(0, start);
  const samples = new Float32Array(before + block + after);
  samples.set(read(first, Math.min(frames, start + samples.length)), first - start);
  return samples;
}

function fromBlocks(first: number, end: number, sampleRate: number, block: (index: number) => Float32Array) {
  const { block: size } = cleanGrid(sampleRate);
  const out = new Float32Array(end - first);
  for (let index = Math.floor(first / size); index * size < end; index++) {
    copyBlock(out, first, block(index), index * size);
  }
  return out;
}

/** Copies what of a block that begins at frame `start` lies in `out`, which begins at frame `first`. */
function copyBlock(out: Float32Array, first: number, block: Float32Array, start: number): void {
  const from = Math.max(first, start);
  const to = Math.min(first + out.length, start + block.length);
  if (from < to) out.set(block.subarray(from - start, to - start), from - first);
}

function toEnd<T>(work: Generator<void, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
