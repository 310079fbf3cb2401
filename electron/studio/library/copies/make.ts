import { mkdirSync, readdirSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Db } from '../database.ts';
import { isDamage, isFull, syncFolderNow } from '../disk.ts';
import type { Examination } from './examine.ts';
import type { Examiner } from './examiner.ts';
import { copiesFolder, copiesOf, nextCopy } from './names.ts';
import { toDrop } from './thinning.ts';

export interface MakingParts {
  db: Db;
  dir: string;
  now: () => Date;
  /** Whether the clock may be believed: only then does a copy go for its age. */
  trusted: () => boolean;
  examine: Examiner;
  /** Counts up whenever something was taken out of the copies. */
  scrubbed: () => number;
  /** Bytes to leave free. */
  reserve: number;
}

/** `unsound`: what was copied is damaged, so that the library is. `noRoom`: the disk is needed for recording. */
export type Made = { ok: true } | { ok: false; why: 'unsound'; faults: string[] } | { ok: false; why: 'noRoom' };

/** Bytes a copy leaves free, unless the studio says what it keeps for recordings. */
export const roomLeft = 2 * 1024 ** 3;
/** Pages copied in one go: 400 kB, after which others have their turn and the disk is looked at. */
const pagesAtOnce = 100;
/** Tries, where people were erased while one was made. */
const tries = 3;

/** Takes away what a crash or a full disk left half written: it holds people's words all the same. */
export function sweepDrafts(dir: string): void {
  const folder = copiesFolder(dir);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(folder)) if (!name.endsWith('.db')) rmSync(join(folder, name));
}

/**
 * Makes a whole copy beside the library while it is in use: copied under a draft's name, examined, synced, then named.
 * Then older ones are thinned out. What fails leaves every copy there was. Rejects with what the disk raises.
 */
export async function makeCopy(parts: MakingParts): Promise<Made> {
  const { db, dir, now, examine, scrubbed, reserve } = parts;
  for (let tried = 1; ; tried++) {
    sweepDrafts(dir);
    if (freeIn(copiesFolder(dir)) < statSync(db.name).size + reserve) return { ok: false, why: 'noRoom' };
    const draft = join(copiesFolder(dir), 'copy.part');
    const version = scrubbed();
    try {
      const before = counted(db);
      await db.backup(draft, {
        progress() {
          // A recording may need the room that was there when it began.
          if (freeIn(copiesFolder(dir)) < reserve) throw Object.assign(new Error('no room'), { code: 'ENOSPC' });
          return pagesAtOnce;
        },
      });
      const after = counted(db);
      const found = await examine({ path: draft, kind: 'draft' });
      const faults = [...found.faults, ...lacking(found, before, after)];
      if (faults.length > 0) return { ok: false, why: 'unsound', faults };
      // Whoever was erased meanwhile would be in it, and nothing looks for them there again.
      if (scrubbed() !== version && tried < tries) continue;
      if (scrubbed() !== version) throw new Error('people were erased again and again while a copy was made');
      renameSync(draft, nextCopy(dir, now()));
      syncFolderNow(copiesFolder(dir));
      if (found.chain) thin(parts);
      return { ok: true };
    } catch (error) {
      if (isFull(error)) return { ok: false, why: 'noRoom' };
      if (isDamage(error)) return { ok: false, why: 'unsound', faults: [String(error)] };
      throw error;
    } finally {
      sweepDrafts(dir);
    }
  }
}

function thin({ dir, now, trusted }: MakingParts): void {
  for (const { path } of toDrop(copiesOf(dir), trusted() ? now().getTime() : undefined)) rmSync(path, { force: true });
}

function freeIn(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

interface Counts {
  rows: Record<string, number>;
  /** Rows changed by this handle since it was opened. */
  changes: number;
}

function counted(db: Db): Counts {
  const tables = db
    .prepare<[], string>(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
    )
    .pluck()
    .all();
  const rows: Record<string, number> = {};
  for (const table of tables)
    rows[table] = db.prepare<[], number>(`SELECT count(*) FROM "${table}"`).pluck().get() ?? 0;
  return { rows, changes: db.prepare<[], number>('SELECT total_changes()').pluck().get() ?? 0 };
}

/** Tables of the copy whose number of rows is not the library's, allowing for what was written while it was copied. */
function lacking(found: Examination, before: Counts, after: Counts): string[] {
  const slack = after.changes - before.changes;
  return Object.entries(before.rows).flatMap(([table, rows]) => {
    const copied = found.rows[table] ?? -1;
    const low = Math.min(rows, after.rows[table] ?? rows) - slack;
    const high = Math.max(rows, after.rows[table] ?? rows) + slack;
    return copied >= low && copied <= high ? [] : [`${table} has ${copied} rows, not ${rows}`];
  });
}
