import { createHash } from 'node:crypto';
import { editSound } from '../../../shared/domain/edit/apply.ts';
import { NoiseMeter } from '../../../shared/domain/edit/noise.ts';
import { segments } from '../../../shared/domain/edit/timeline.ts';
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
import { inSlices } from './slices.ts';
import { BadMaster, type MasterReader, openMaster } from './wav.ts';

export type RegionProblem = 'badMaster' | 'badEdit' | 'noSound';
export type Region =
  | { ok: true; samples: Float32Array; sampleRate: number }
  | { ok: false; error: RegionProblem; detail: string };

/** Read at once; what is worked on is then a few seconds however long the master. */
const stretchSeconds = 5;

const refuse = (error: RegionProblem, detail: string): Region => ({ ok: false, error, detail });

/**
 * What an edit makes of a master: cut to the frame, cleaned, joined and faded. Refuses a master whose PCM data is not the one named by
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
    const noise = edit.cleanUp.noise ? new NoiseMeter(sampleRate) : undefined;
    for await (const block of master.blocks()) {
      signal?.throwIfAborted();
      hash.update(block);
      const samples = unpackS24(block);
      levels.push(samples);
      noise?.push(samples);
    }
    if (hash.digest('hex') !== sha256.toLowerCase()) return refuse('badMaster', 'its sound is not the one recorded');
    const problem = editProblem(edit, frames / sampleRate);
    if (problem) return refuse('badEdit', problem);
    const sound = editSound(master, edit, noise?.profile() ?? null, (work) => inSlices(work, signal));
    const samples = new Float32Array(sound.plan.length);
    const stretch = sampleRate * stretchSeconds;
    for (let from = 0; from < samples.length; from += stretch) {
      signal?.throwIfAborted();
      samples.set(await sound.read(from, from + stretch), from);
    }
    if (!speaks(levels.frames(), samples, edit)) return refuse('noSound', 'nobody speaks in it');
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
    segments(edit).flatMap(({ start, end }) =>
      frames.slice(Math.floor(start * framesPerSecond), Math.ceil(end * framesPerSecond)),
    ),
  );
  return speechDb - floorDb >= leastContrastDb;
}
