import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Db } from './database.ts';

const backupName = /^library-(.+)\.db$/;
const asideName = /^library\.db\.damaged-(.+?)(-wal|-shm)?$/;
/** How many backups stay. */
const backupsKept = 5;

const stampOf = (at: Date) => at.toISOString().replaceAll(':', '-');
const instantOf = (stamp: string) => stamp.replace(/T(\d\d)-(\d\d)-/, 'T$1:$2:');

function named(folder: string, pattern: RegExp): { path: string; stamp: string }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const stamp = pattern.exec(name)?.[1];
    return stamp === undefined ? [] : [{ path: join(folder, name), stamp }];
  });
}

/** Whole copies of the library, newest first. */
function stamped(dir: string): { path: string; stamp: string }[] {
  return named(join(dir, 'backups'), backupName).sort((a, b) => (a.stamp < b.stamp ? 1 : -1));
}
export const backups = (dir: string): string[] => stamped(dir).map(({ path }) => path);

/** Sets a damaged database aside, with its log. */
export function setAside(path: string, at: Date): void {
  const stamp = stampOf(at);
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, `${path}.damaged-${stamp}${suffix}`);
  }
}

/** Writes a whole, consistent copy beside the library while it is in use, and drops the oldest ones. */
export async function backUp(db: Db, dir: string, now: () => Date): Promise<void> {
  const folder = join(dir, 'backups');
  mkdirSync(folder, { recursive: true });
  // What a crash left half written holds people's words all the same.
  for (const name of readdirSync(folder)) if (name.endsWith('.part')) rmSync(join(folder, name));
  // The newest has the last name whatever the clock says: a clock set back would make it the first to be dropped.
  const last = Date.parse(instantOf(stamped(dir)[0]?.stamp ?? ''));
  const at = Number.isNaN(last) ? now() : new Date(Math.max(now().getTime(), last + 1));
  const target = join(folder, `library-${stampOf(at)}.db`);
  await db.backup(`${target}.part`);
  renameSync(`${target}.part`, target);
  for (const old of backups(dir).slice(backupsKept)) rmSync(old, { force: true });
}

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

/** A portrait that must not live on in a copy; when it was begun (ISO 8601), where that is still known. */
export interface Gone {
  portraitId: string;
  begunAt: string | undefined;
  /** The person is erased; otherwise they took some uses back, and are still in the library. */
  erased: boolean;
}

/**
 * What a person took back must not live on in a copy. Empties the write-ahead log, in which older pages stand until they
 * are overwritten, and drops every backup that was made since the portrait was begun, or has its id in it: a clock that
 * was set back puts a wrong time on either, and what stands in a file stands there. Copies that were set aside as damaged
 * go in the same way, with an erasure only: nothing reads them but a person.
 */
export function scrub(db: Db, dir: string, { portraitId, begunAt, erased }: Gone): void {
  db.pragma('wal_checkpoint(TRUNCATE)');
  for (const { path, stamp } of stamped(dir)) {
    const later = begunAt !== undefined && instantOf(stamp) >= begunAt;
    if (later || holds(path, portraitId)) rmSync(path, { force: true });
  }
  if (!erased) return;
  const aside = Map.groupBy(named(dir, asideName), ({ stamp }) => stamp);
  for (const [stamp, files] of aside) {
    // In a broken file the id may be lost where a name is not, so the time counts too.
    const before = begunAt === undefined || begunAt <= instantOf(stamp);
    if (!before && !files.some(({ path }) => holds(path, portraitId))) continue;
    for (const { path } of files) rmSync(path, { force: true });
  }
}
