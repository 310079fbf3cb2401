import { closeSync, copyFileSync, openSync, readSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type Db, openDatabase } from '../database.ts';
import { isDamage, syncFolderNow } from '../disk.ts';
import { applyEnds } from '../ends/apply.ts';
import type { End } from '../ends/ends.ts';
import type { Gone } from '../gone.ts';
import { asides, type Copy, copiesFolder, copiesOf } from './names.ts';
import { settle } from './settle.ts';

const blockBytes = 4 << 20;

/** Whether a file holds a text, anywhere in it. */
function holds(path: string, text: string): boolean {
  const wanted = Buffer.from(text);
  const block = Buffer.alloc(blockBytes + wanted.length);
  const file = openSync(path, 'r');
  try {
    // The end of each block stands before the next, so that nothing is missed between two.
    for (let kept = 0; ; ) {
      const read = readSync(file, block, kept, blockBytes, null);
      if (read === 0) return false;
      const there = block.subarray(0, kept + read);
      if (there.includes(wanted)) return true;
      kept = Math.min(there.length, wanted.length - 1);
      there.copy(block, 0, there.length - kept);
    }
  } finally {
    closeSync(file);
  }
}

/** The log still held older pages when it was to be emptied: something was reading. To be tried again. */
export class LogInUse extends Error {
  override name = 'LogInUse';
}

/** What `scrub` needs beside the person's id. */
export interface Scrubbing {
  db: Db;
  dir: string;
  /** All that people ended: it is done in every copy that is touched, so that none is touched twice. */
  ends: readonly End[];
  now: () => Date;
}

/**
 * What a person took back must not live on in a copy. Empties the write-ahead log, in which older pages stand until they
 * are overwritten, and makes every copy again, without the person, that holds the portrait as it was before: made since it
 * was begun, or with its id in it (a clock that was set back puts a wrong time on either, and what stands in a file stands
 * there). The new one is whole and synced before it takes the old one's place, so that there is never no copy; one that is
 * not sound is dropped. One step for each copy. Throws LogInUse, and what the disk raises; what was not done is then still
 * to be done, and harmless to repeat.
 *
 * Copies that were set aside as damaged go in the same way, with an erasure only: nothing reads them but a person.
 */
export function* scrub({ db, dir, ends, now }: Scrubbing, gone: Gone): Generator<void> {
  const { portraitId, begunAt, erased } = gone;
  const acts = actsOf(db, portraitId, erased);
  const ended = ends.some((end) => end.portraitId === portraitId);
  for (const copy of copiesOf(dir)) {
    yield;
    if (!holdsStill(copy, gone, acts)) continue;
    if (!ended || !rewrite(copy, dir, ends, now)) rmSync(copy.path, { force: true });
  }
  for (const { at, files } of erased ? asides(dir) : []) {
    // In a broken file the id may be lost where a name is not, so the time counts too.
    const before = begunAt === undefined || begunAt <= at;
    if (!before && !files.some((path) => holds(path, portraitId))) continue;
    for (const path of files) rmSync(path, { force: true });
  }
  const [log] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
  if (log?.busy !== 0) throw new LogInUse('the log of the library is being read');
}

/** Links of the chain by which one knows that a copy was made after the end: the erasure, or as many acts as there were. */
const actsOf = (db: Db, portraitId: string, erased: boolean): number =>
  db
    .prepare<[string, number], number>(
      "SELECT count(*) FROM consent_records WHERE portrait_id = ? AND (? = 0 OR kind = 'erasure')",
    )
    .pluck()
    .get(portraitId, Number(erased)) ?? 0;

function holdsStill({ path, at }: Copy, { portraitId, begunAt, erased }: Gone, acts: number): boolean {
  const there = begunAt !== undefined && at >= begunAt;
  if (!there && !holds(path, portraitId)) return false;
  try {
    const copy = new Database(path, { readonly: true, fileMustExist: true });
    try {
      return acts === 0 || actsOf(copy, portraitId, erased) < acts;
    } finally {
      copy.close();
    }
  } catch {
    return true;
  }
}

/** Makes a copy again with people's ends in it, and puts it in the old one's place. False for one that is not sound. */
function rewrite(copy: Copy, dir: string, ends: readonly End[], now: () => Date): boolean {
  const draft = join(copiesFolder(dir), 'scrubbed.part');
  rmSync(draft, { force: true });
  copyFileSync(copy.path, draft);
  try {
    const db = openDatabase(draft);
    try {
      applyEnds(db, ends, now().toISOString());
      if (db.pragma('quick_check', { simple: true }) !== 'ok') return false;
    } finally {
      db.close();
    }
    settle(draft);
    renameSync(draft, copy.path);
    syncFolderNow(copiesFolder(dir));
    return true;
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  } finally {
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(draft + suffix, { force: true });
  }
}
