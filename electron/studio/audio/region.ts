import { createHash } from 'node:crypto';
import { addPiece, editPlan, fade, piecesOf } from '../../../shared/domain/edit/plan.ts';
import { editProblem } from '../../../shared/domain/edit.ts';
import { unpackS24 } from '../../../shared/domain/pcm.ts';
import type { Edit } from '../../../shared/domain/sound.ts';
import {
  framesPerSecond,
  leastContrastDb,
  roomAndVoice,
  SpeechLevelMeter,
} from '../../../shared/domain/speechEdges.ts';
import { limits } from '../../../shared/domain/warnings.ts';
import { BadMaster, type MasterReader, openMaster } from './wav.ts';

export type RegionProblem = 'badMaster' | 'badEdit' | 'noSound';
export type Region =
  | { ok: true; samples: Float32Array; sampleRate: number }
  | { ok: false; error: RegionProblem; detail: string };

const refuse = (error: RegionProblem, detail: string): Region => ({ ok: false, error, detail });

/**
 * What an edit leaves of a master: cut to the frame, faded. Refuses a master whose PCM data is not the one named by
 * `sha256` (hex), an edit outside it, and a stretch in which nobody speaks: raised to publication loudness, that would
 * be a hall's noise.
 */
export async function readRegion(path: string, sha256: string, edit: Edit, signal?: AbortSignal): Promise<Region> {
  let master: MasterReader | undefined;
  try {
    master = await openMaster(path);
    const { sampleRate, frames } = master;
    const hash = createHash('sha256');
    const levels = new SpeechLevelMeter(sampleRate);
    for await (const block of master.blocks()) {
      signal?.throwIfAborted();
      hash.update(block);
      levels.push(unpackS24(block));
    }
    if (hash.digest('hex') !== sha256.toLowerCase()) return refuse('badMaster', 'its sound is not the one recorded');
    const problem = editProblem(edit, frames / sampleRate);
    if (problem) return refuse('badEdit', problem);
    const plan = editPlan(edit, sampleRate, frames);
    const samples = new Float32Array(plan.length);
    for (const piece of piecesOf(plan, 0, plan.length)) {
      addPiece(samples, 0, plan, piece, await master.read(piece.first, piece.end));
    }
    if (!speaks(levels.frames(), samples, edit)) return refuse('noSound', 'nobody speaks in it');
    fade(samples, 0, plan);
    return { ok: true, samples, sampleRate };
  } catch (error) {
    if (error instanceof BadMaster) return refuse('badMaster', error.message);
    throw error;
  } finally {
    await master?.close();
  }
}

/** The room is the whole master's: an edit cut close has no pause of its own to compare with. */
function speaks(frames: readonly number[], samples: Float32Array, edit: Edit): boolean {
  const least = 10 ** (limits.silentDb / 20);
  if (!samples.some((sample) => Math.abs(sample) >= least)) return false;
  const { floorDb } = roomAndVoice(frames);
  const { speechDb } = roomAndVoice(
    frames.slice(Math.floor(edit.in * framesPerSecond), Math.ceil(edit.out * framesPerSecond)),
  );
  return speechDb - floorDb >= leastContrastDb;
}
