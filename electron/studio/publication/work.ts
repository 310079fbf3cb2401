import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportReason, LeftOut, StoredBatch, StoredJob } from '../../../shared/domain/batch.ts';
import { blockersOf, transcriptGoes } from './blockers.ts';
import { digest, discard, draftOf, isFolder, settle } from './disk.ts';
import { AudioRefused, batchFiles, checksums, type Finished, portraitFiles, type WantedFile } from './files.ts';
import type { Portrait, PublicationParts } from './ports.ts';
import { estimate, type Progress } from './progress.ts';

/** An export that cannot go on, for a reason the interface has a sentence for. */
export class ExportStopped extends Error {
  override readonly name = 'ExportStopped';
  readonly reason: ExportReason;
  constructor(reason: ExportReason) {
    super(reason);
    this.reason = reason;
  }
}

/** A portrait must not leave after all. */
class MustStay extends Error {
  readonly left: LeftOut;
  constructor(left: LeftOut) {
    super('the portrait must stay');
    this.left = left;
  }
}

/** What is wrong with one portrait's sound and none of the others'. */
const ownTrouble = new Set(['noSound', 'badMaster', 'badEdit']);
/** Bytes there have to be for one more file: the largest are FLACs of some minutes. */
const roomForOne = 64 * 1024;
/** A file that is still a piece of its own in the count. */
const rest = 'batch';

/** Writes everything an export has into `folder`; what is there from an earlier try is kept. */
export async function writeExport(
  parts: PublicationParts,
  job: StoredJob,
  batch: StoredBatch,
  folder: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  if (job.kind === 'zip') await mkdir(folder, { recursive: true });
  // A folder that is gone is never made anew: without its stick the same path lies on the booth's own disk.
  else if (!(await isFolder(folder))) throw new ExportStopped('folderGone');
  await clearDrafts(folder);
  const leftOut = new Map<string, LeftOut>();
  const finished: Finished[] = [];
  const handed = job.kind === 'folder' ? { batch: batch.name, actor: job.actor, place: folder } : null;

  /** The portrait if nothing keeps it in the house at this moment. */
  function allowed(portraitId: string): Portrait {
    if (!parts.trusted()) throw new ExportStopped('clock');
    const portrait = parts.portrait(portraitId);
    if (portrait === undefined) {
      throw new MustStay({ portraitId, title: '', blockers: [{ kind: 'gate', why: 'unknownPortrait' }] });
    }
    const blockers = blockersOf(portrait, batch, parts);
    if (blockers.length > 0) throw new MustStay({ portraitId, title: portrait.title, blockers });
    return portrait;
  }

  async function put(file: WantedFile, piece: string): Promise<void> {
    signal.throwIfAborted();
    const { name, portraitId, madeFrom } = file;
    const known = parts.exports.files(job.id).find((one) => one.name === name);
    if (known?.madeFrom === madeFrom && (await digest(join(folder, name)))?.sha256 === known.sha256) {
      progress.file(piece, known.bytes, false);
      return;
    }
    // Looked at before each one: whoever fills the disk meanwhile, recordings keep what is theirs.
    if ((await parts.freeBytes(folder)) < roomForOne) throw new ExportStopped('diskFull');
    try {
      await file.write(draftOf(folder, name), signal);
      const about = await digest(draftOf(folder, name));
      if (about === undefined) throw new ExportStopped('folderGone');
      signal.throwIfAborted();
      if (portraitId !== null) allowed(portraitId);
      // Noted before it gets its name: a copy is rather listed without being there than there without being listed.
      parts.exports.addFile(job.id, { name, portraitId, madeFrom, ...about }, handed);
      await settle(folder, name);
      progress.file(piece, about.bytes, true);
    } catch (error) {
      await discard(folder, name);
      throw error;
    }
  }

  async function takeAway(portraitId: string, keep: ReadonlySet<string> = new Set()): Promise<void> {
    for (const { name } of parts.exports.files(job.id).filter((file) => file.portraitId === portraitId)) {
      if (keep.has(name)) continue;
      await rm(join(folder, name), { force: true });
      parts.exports.takeBack(job.id, name);
      parts.exports.removeFile(job.id, name);
    }
  }

  async function leave(left: LeftOut): Promise<void> {
    await takeAway(left.portraitId);
    leftOut.set(left.portraitId, left);
    progress.over(left.portraitId);
    parts.exports.note(job.id, { leftOut: [...leftOut.values()] });
    parts.onChange('batches');
  }

  async function one(portraitId: string, name: string, place: number): Promise<void> {
    const portrait = allowed(portraitId);
    progress.now = portrait.title;
    const formats = job.flac ? (['mp3', 'flac'] as const) : (['mp3'] as const);
    const onProgress = (share: number) => progress.share(portraitId, share);
    const made = await parts.render(portraitId, formats, { signal, onProgress });
    signal.throwIfAborted();
    if (!made.ok) {
      if (ownTrouble.has(made.error)) {
        throw new MustStay({ portraitId, title: portrait.title, blockers: [{ kind: 'noSound' }] });
      }
      throw new AudioRefused(made.error, made.detail);
    }
    const { flac } = job;
    const withTranscript = transcriptGoes(portrait, parts.mayUse);
    const places = job.plan.length;
    const rendition = made.value;
    const files = portraitFiles({ portrait, batch, name, place, places, flac, withTranscript, rendition }, parts.audio);
    for (const file of files) await put(file, portraitId);
    // What an earlier try made and this one does not want, e.g. a transcript that was taken back.
    await takeAway(portraitId, new Set(files.map((file) => file.name)));
    progress.over(portraitId);
    finished.push({ portrait, name, place, duration: rendition.duration });
  }

  for (const { portraitId } of job.plan) {
    const portrait = parts.portrait(portraitId);
    if (portrait === undefined || blockersOf(portrait, batch, parts).length > 0) continue;
    progress.expect(portraitId, estimate(portrait.duration, job.flac));
  }
  progress.expect(rest, 200_000);
  for (const [index, { portraitId, name }] of job.plan.entries()) {
    try {
      await one(portraitId, name, index + 1);
    } catch (error) {
      if (!(error instanceof MustStay)) throw error;
      await leave(error.left);
    }
  }
  progress.now = null;
  // Once more, now that all is there: who was withdrawn since their own files were written leaves with them.
  for (const done of [...finished]) {
    try {
      allowed(done.portrait.id);
    } catch (error) {
      if (!(error instanceof MustStay)) throw error;
      finished.splice(finished.indexOf(done), 1);
      await leave(error.left);
    }
  }
  parts.exports.note(job.id, { leftOut: [...leftOut.values()] });
  if (finished.length === 0) throw new ExportStopped('nothingLeft');
  const ownCover = batch.coverSha256 === null ? undefined : await coverFile(parts, batch.coverSha256);
  const there = parts.exports.files(job.id);
  const left = finished.map(({ portrait }) => portrait.id);
  const owner = parts.owner(left[0] ?? '');
  const summary = parts.summary(left);
  for (const file of batchFiles({ batch, finished, there, ownCover, owner, summary }, parts.audio)) {
    await put(file, rest);
  }
  await put(checksums(parts.exports.files(job.id)), rest);
  progress.over(rest);
  parts.exports.note(job.id, { bytesTotal: parts.exports.files(job.id).reduce((sum, { bytes }) => sum + bytes, 0) });
}

async function coverFile(parts: PublicationParts, sha256: string): Promise<Buffer> {
  return readFile(join(parts.folders.covers, `${sha256}.jpg`));
}

/** Half-made files of a try that was killed. */
export async function clearDrafts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (/^\..+\.part(\.jpg)?$/.test(name)) await rm(join(folder, name), { force: true });
  }
}

const codes: Record<string, ExportReason> = {
  ENOSPC: 'diskFull',
  EDQUOT: 'diskFull',
  EACCES: 'notWritable',
  EPERM: 'notWritable',
  EROFS: 'notWritable',
};

/** Why an export stopped, in the words the interface knows. */
export async function reasonOf(error: unknown, folder: string): Promise<ExportReason> {
  if (error instanceof ExportStopped) return error.reason;
  const code = codes[(error as NodeJS.ErrnoException).code ?? ''];
  if (code !== undefined) return code;
  if (error instanceof AudioRefused && error.error === 'diskFull') return 'diskFull';
  if (!(await isFolder(folder))) return 'folderGone';
  if (error instanceof AudioRefused && error.error === 'noFfmpeg') return 'noFfmpeg';
  return error instanceof AudioRefused ? 'renderFailed' : 'unexpected';
}
