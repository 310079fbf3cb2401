import { readdir, rm, rmdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ExportJob } from '../../../shared/contract/batches.ts';
import type { StaffActor } from '../../../shared/domain/actor.ts';
import type { FolderProblem, StoredJob } from '../../../shared/domain/batch.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { blockersOf } from './blockers.ts';
import { folderProblem, freshFolder } from './disk.ts';
import { batchName, planOf } from './names.ts';
import type { Portrait, PublicationParts } from './ports.ts';
import { createProgress, estimate, type Progress } from './progress.ts';
import { type Roots, rootsOf } from './roots.ts';
import { clearDrafts, reasonOf, writeExport } from './work.ts';

export type StartRefusal =
  | { ok: false; code: 'NOT_FOUND' | 'NOTHING' | 'BUSY' | 'CLOCK' }
  | { ok: false; code: 'BAD_FOLDER'; problem: FolderProblem }
  | { ok: false; code: 'NO_ROOM'; neededBytes: number; freeBytes: number };

export interface StartInput {
  id: string;
  flac: boolean;
  to: { kind: 'folder'; folder: string } | { kind: 'zip' };
}

const resumable = ['interrupted', 'failed', 'cancelled'] as const;
/** A ZIP nobody fetched is taken away after this long, in milliseconds. */
const zipLife = 24 * 3600 * 1000;

function missingIsFine(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}

/** Exports as jobs: one at a time, in the order they were asked for; every one of them survives the studio. */
export function createExports(parts: PublicationParts) {
  const { exports, now } = parts;
  const roots: Roots = parts.exportRoots ? { ...rootsOf(), folders: parts.exportRoots } : rootsOf();
  const live = new Map<string, { progress: Progress; stop: AbortController }>();
  let working: Promise<void> | undefined;
  let closing = false;

  const folderOf = (job: StoredJob) => (job.kind === 'folder' ? job.place : join(parts.folders.exports, job.id));

  function shown(job: StoredJob): ExportJob {
    const files = exports.files(job.id);
    const there = files.reduce((sum, { bytes }) => sum + bytes, 0);
    const running = live.get(job.id)?.progress;
    const over = job.state === 'done' || job.state === 'ready';
    const figures = running?.figures(now().getTime()) ?? {
      bytesDone: there,
      bytesTotal: over ? there : Math.max(job.bytesTotal, there),
      secondsLeft: null,
    };
    return {
      id: job.id,
      batchId: job.batchId,
      kind: job.kind,
      place: job.place,
      formats: job.flac ? ['mp3', 'flac'] : ['mp3'],
      state: job.state,
      reason: job.reason,
      ...figures,
      now: running?.now ?? null,
      files: files.map(({ name, bytes }) => ({ name, bytes })),
      leftOut: job.leftOut,
      createdAt: job.createdAt,
      updatedAt: job.updatedAt,
    };
  }
  const show = (id: string) => {
    const job = exports.get(id);
    return job === undefined ? undefined : shown(job);
  };

  /**
   * Takes a portrait out of a ZIP nobody is working on: its files, half-made ones, and what names it beside the others
   * (table, feed, summary, checksums), all of which is made anew without it when the export goes on.
   */
  async function takeOut(job: StoredJob, portraitId: string): Promise<void> {
    const folder = folderOf(job);
    await clearDrafts(folder).catch(missingIsFine);
    const files = exports.files(job.id);
    if (!files.some((file) => file.portraitId === portraitId)) return;
    for (const file of files) {
      if (file.portraitId !== portraitId && file.portraitId !== null) continue;
      await rm(join(folder, file.name), { force: true });
      exports.removeFile(job.id, file.name);
    }
    exports.move(job.id, ['ready'], 'failed', 'withdrawn', 'studio');
  }

  /** Looks once more at a ZIP that was being worked on while somebody may have withdrawn. */
  async function lookAgain(job: StoredJob): Promise<void> {
    const purpose = parts.batches.get(job.batchId)?.purpose;
    if (job.kind !== 'zip' || purpose === undefined) return;
    for (const portraitId of new Set(exports.files(job.id).map((file) => file.portraitId))) {
      if (portraitId !== null && !parts.mayUse(portraitId, purpose).allowed) await takeOut(job, portraitId);
    }
  }

  async function run(job: StoredJob): Promise<void> {
    const batch = parts.batches.get(job.batchId);
    if (batch === undefined) {
      exports.move(job.id, ['waiting'], 'cancelled', null, 'studio');
      return;
    }
    if (!exports.move(job.id, ['waiting'], 'running', null, 'studio')) return;
    const stop = new AbortController();
    const progress = createProgress(now().getTime());
    live.set(job.id, { progress, stop });
    parts.onChange('batches');
    try {
      await writeExport(parts, job, batch, folderOf(job), progress, stop.signal);
      exports.move(job.id, ['running'], job.kind === 'zip' ? 'ready' : 'done', null, 'studio');
    } catch (error) {
      if (stop.signal.aborted) {
        // Cancelled says so in the database before it aborts; a closing studio does not.
        exports.move(job.id, ['running'], 'interrupted', null, 'studio');
      } else {
        const reason = await reasonOf(error, folderOf(job));
        if (reason === 'unexpected' || reason === 'renderFailed') parts.log('an export failed', error);
        exports.move(job.id, ['running'], 'failed', reason, 'studio');
      }
    } finally {
      exports.note(job.id, { bytesTotal: progress.figures(now().getTime()).bytesTotal });
      live.delete(job.id);
      await lookAgain(job);
      if (exports.get(job.id)?.state === 'cancelled') await sweep();
      parts.onChange('batches');
    }
  }

  function wake(): void {
    if (working !== undefined || closing) return;
    working = (async () => {
      for (
        let job = exports.inState('waiting')[0];
        job !== undefined && !closing;
        job = exports.inState('waiting')[0]
      ) {
        await run(job);
      }
    })()
      .catch((error: unknown) => parts.log('the exports stopped', error))
      .finally(() => {
        working = undefined;
      });
  }

  async function sweep(): Promise<void> {
    for (const job of exports.inState('ready')) {
      if (now().getTime() - Date.parse(job.updatedAt) > zipLife)
        exports.move(job.id, ['ready'], 'cancelled', null, 'studio');
    }
    const wanted = new Set(exports.inState('waiting', 'running', 'ready', 'interrupted', 'failed').map(({ id }) => id));
    for (const name of await readdir(parts.folders.exports).catch(() => [])) {
      if (!wanted.has(name)) await rm(join(parts.folders.exports, name), { recursive: true, force: true });
    }
  }

  return {
    show,
    shown,
    folderOf,
    list: (batchId: string) => exports.ofBatch(batchId).map(shown),

    async checkFolder(
      folder: string,
    ): Promise<{ ok: true; freeBytes: number } | { ok: false; problem: FolderProblem }> {
      const problem = await folderProblem(folder, parts.dataDir, roots);
      if (problem !== undefined) return { ok: false, problem };
      return { ok: true, freeBytes: await parts.freeBytes(folder) };
    },

    async start(input: StartInput, actor: StaffActor): Promise<{ ok: true; value: ExportJob } | StartRefusal> {
      const batch = parts.batches.get(input.id);
      if (batch === undefined) return { ok: false, code: 'NOT_FOUND' };
      if (!parts.trusted()) return { ok: false, code: 'CLOCK' };
      const known = batch.portraitIds.map(parts.portrait).filter((one): one is Portrait => one !== undefined);
      const free = known.filter((portrait) => blockersOf(portrait, batch, parts).length === 0);
      if (free.length === 0) return { ok: false, code: 'NOTHING' };
      if (exports.ofBatch(batch.id).some(({ state }) => state === 'waiting' || state === 'running')) {
        return { ok: false, code: 'BUSY' };
      }
      if (input.to.kind === 'folder') {
        const problem = await folderProblem(input.to.folder, parts.dataDir, roots);
        if (problem !== undefined) return { ok: false, code: 'BAD_FOLDER', problem };
      }
      const neededBytes = Math.round(free.reduce((sum, { duration }) => sum + estimate(duration, input.flac), 200_000));
      const freeBytes = await parts.freeBytes(input.to.kind === 'folder' ? input.to.folder : parts.dataDir);
      if (freeBytes < neededBytes) return { ok: false, code: 'NO_ROOM', neededBytes, freeBytes };
      const name = batchName(batch.name);
      let place = `${name}.zip`;
      if (input.to.kind === 'folder') {
        const made = await freshFolder(input.to.folder, name).catch(() => undefined);
        if (made === undefined) return { ok: false, code: 'BAD_FOLDER', problem: 'notUsable' };
        place = made;
      }
      const at = now().toISOString();
      const job: StoredJob = {
        id: newId(),
        batchId: batch.id,
        kind: input.to.kind,
        parent: input.to.kind === 'folder' ? input.to.folder : '',
        place,
        flac: input.flac,
        state: 'waiting',
        reason: null,
        actor,
        plan: planOf(known),
        leftOut: [],
        bytesTotal: neededBytes,
        createdAt: at,
        updatedAt: at,
      };
      if (!exports.add(job)) {
        // Somebody at another desk was quicker; the folder just made is empty.
        if (job.kind === 'folder') await rmdir(place).catch(() => undefined);
        return { ok: false, code: 'BUSY' };
      }
      parts.onChange('batches');
      wake();
      return { ok: true, value: shown(job) };
    },

    async cancel(jobId: string, actor: StaffActor): Promise<ExportJob | undefined> {
      exports.move(jobId, ['waiting', 'running', 'ready', 'interrupted', 'failed'], 'cancelled', null, actor);
      const running = live.get(jobId);
      if (running === undefined) await sweep();
      else running.stop.abort(new Error('cancelled'));
      parts.onChange('batches');
      return show(jobId);
    },

    resume(jobId: string, actor: StaffActor): ExportJob | undefined {
      if (exports.move(jobId, resumable, 'waiting', null, actor)) {
        parts.onChange('batches');
        wake();
      }
      return show(jobId);
    },

    /** What the last studio was doing when it went is told, and waits for somebody's word. */
    async open(): Promise<void> {
      for (const job of exports.inState('waiting', 'running')) {
        exports.move(job.id, ['waiting', 'running'], 'interrupted', null, 'studio');
      }
      await sweep();
      for (const job of exports.inState('ready', 'failed', 'interrupted')) await lookAgain(job);
    },
    /** Takes a portrait out of every ZIP being prepared; one that is being worked on is looked at when it ends. */
    async forget(portraitId: string): Promise<void> {
      for (const job of exports.inState('ready', 'failed', 'interrupted')) {
        if (job.kind === 'zip') await takeOut(job, portraitId);
      }
      parts.onChange('batches');
    },
    async close(): Promise<void> {
      closing = true;
      for (const { stop } of live.values()) stop.abort(new Error('closing'));
      await working;
      for (const job of exports.inState('waiting')) exports.move(job.id, ['waiting'], 'interrupted', null, 'studio');
    },
    sweep,
    /** Name of an export as a person would call it. */
    nameOf: (job: StoredJob) => basename(job.place),
  };
}
export type Exports = ReturnType<typeof createExports>;
