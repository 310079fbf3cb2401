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
  /** What the person ended; it is done in the copy that has to stay. */
  end: End | undefined;
  now: () => Date;
}

/**
 * What a person took back must not live on in a copy. Empties the write-ahead log, in which older pages stand until they
 * are overwritten, and drops every copy that holds the portrait as it was before: made since it was begun, or with its id
 * in it (a clock that was set back puts a wrong time on either, and what stands in a file stands there). A copy made after
 * the end holds the end itself and stays. Where there is none, the newest is not dropped but made again without the person,
 * so that there is never no copy; the new one has its name before the old one is gone. Throws LogInUse, and what the disk
 * raises; what was not done is then still to be done, and harmless to repeat.
 *
 * Copies that were set aside as damaged go in the same way, with an erasure only: nothing reads them but a person.
 */
export function scrub({ db, dir, end, now }: Scrubbing, gone: Gone): void {
  const { portraitId, begunAt, erased } = gone;
  const acts = actsOf(db, portraitId, erased);
  let sound = false;
  for (const copy of copiesOf(dir)) {
    if (!holdsStill(copy, gone, acts)) sound = true;
    else if (!sound && end !== undefined && rewrite(copy, dir, end, now)) sound = true;
    else rmSync(copy.path, { force: true });
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

/** Makes a copy again with the person's end in it, and puts it in the old one's place. False for one that is not sound. */
function rewrite(copy: Copy, dir: string, end: End, now: () => Date): boolean {
  const draft = join(copiesFolder(dir), 'scrubbed.part');
  rmSync(draft, { force: true });
  copyFileSync(copy.path, draft);
  try {
    const db = openDatabase(draft);
    try {
      applyEnds(db, [end], now().toISOString());
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
