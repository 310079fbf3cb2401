import { randomUUID } from 'node:crypto';
import { access, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { NoiseMeter } from '../../../shared/domain/edit/noise.ts';
import { unpackS24 } from '../../../shared/domain/pcm.ts';
import { TakePeaksMeter } from '../../../shared/domain/take-peaks.ts';
import { inSlices } from './slices.ts';
import { openMaster } from './wav.ts';

const ending = '.peaks';
const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * Makes the file of a master's peaks (see `shared/domain/take-peaks.ts`) at `path`, by write, sync, rename, in slices
 * that keep no recording waiting. There already: nothing is done. A master that went away meanwhile takes it along.
 * Rejects with `BadMaster` when it is none.
 */
export async function makeTakePeaks(masterPath: string, path: string): Promise<void> {
  if (await isThere(path)) return;
  const master = await openMaster(masterPath);
  let file: Uint8Array;
  try {
    const peaks = new TakePeaksMeter(master.sampleRate, master.frames);
    const noise = new NoiseMeter(master.sampleRate);
    for await (const block of master.blocks()) {
      await inSlices(
        (function* () {
          const samples = unpackS24(block);
          peaks.push(samples);
          yield;
          noise.push(samples);
        })(),
      );
    }
    file = peaks.finish(noise.profile());
  } finally {
    await master.close();
  }
  const draft = `${path}.${randomUUID()}.part`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(file);
    await handle.sync();
    await handle.close();
    await rename(draft, path);
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(draft, { force: true });
    throw error;
  }
  if (!(await isThere(masterPath))) await rm(path, { force: true });
}

/** Removes what a crash left half made, and peaks whose master is gone; at start. */
export async function sweepTakePeaks(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const there = new Set(names);
  for (const name of names) {
    const alone = name.endsWith(ending) && !there.has(`${name.slice(0, -ending.length)}.wav`);
    if (alone || /\.peaks\.[0-9a-f-]+\.part$/.test(name)) await rm(join(folder, name), { force: true });
  }
}
