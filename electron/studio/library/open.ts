import { closeSync, existsSync, mkdirSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { examine } from './copies/examine.ts';
import { asides, copiesOf, setAside } from './copies/names.ts';
import { type Db, openDatabase } from './database.ts';
import { isDamage, isSqlError, syncFolderNow } from './disk.ts';
import type { Ends } from './ends/ends.ts';
import { readLog } from './salvage/pages.ts';
import { type Account, rebuild } from './salvage/rebuild.ts';
import { remakeSearch } from './searchIndex.ts';

/**
 * How the library was opened; shown in the hosts' health panel. `rebuilt`: from what could be read of the damaged one.
 * `restored`: from a copy alone. `renewed`: nothing but the masters and the records beside them was left.
 */
export type Opening = 'opened' | 'created' | 'rebuilt' | 'restored' | 'renewed';

export interface Opened {
  db: Db;
  opening: Opening;
  /** What became of a damaged library. */
  account: Account | undefined;
}

const fileName = 'library.db';

/**
 * Opens the library in `dir`. One that is damaged, or gone while copies of it are there, is built again from all there is:
 * what can be read of the file, the newest sound copy, and what people ended (see salvage/rebuild.ts). The new one is whole
 * on the disk before the damaged file is set aside, so that a power cut in between leaves one or the other. Only where
 * there is neither a copy nor a readable row does a new library begin; the masters' records then tell what is missing.
 * Throws DatabaseFromTheFuture, and whatever a locked or unreadable folder raises.
 */
export function openLibrary(dir: string, now: () => Date, ends: Ends): Opened {
  mkdirSync(dir, { recursive: true });
  const path = join(dir, fileName);
  const rebuilt = `${path}.rebuilt`;
  const there = existsSync(path);
  const known = copiesOf(dir).length > 0 || asides(dir).length > 0;
  // The power went between setting the damaged one aside and giving the new one its name.
  if (!there && existsSync(rebuilt)) {
    renameSync(rebuilt, path);
    return { db: openDatabase(path), opening: 'rebuilt', account: undefined };
  }
  if (!there && !known) return { db: openDatabase(path), opening: 'created', account: undefined };
  const sound = there ? trySound(path) : undefined;
  if (sound !== undefined) return { db: sound, opening: 'opened', account: undefined };

  const damaged = there ? path : asides(dir)[0]?.path;
  const account = rebuild({ dir, damaged, target: rebuilt, ends, now });
  if (there) setAside(path, now());
  if (account === undefined) return { db: openDatabase(path), opening: 'renewed', account };
  renameSync(rebuilt, path);
  syncFolderNow(dir);
  return { db: openDatabase(path), opening: account.salvaged ? 'rebuilt' : 'restored', account };
}

/** The database when it opens and is sound, undefined when it is found damaged. */
function trySound(path: string): Db | undefined {
  // Looked at before SQLite is: of a file without a head it throws the log away, and of a damaged log the rest of it.
  if (!hasHead(path) || readLog(`${path}-wal`)?.damaged === true) return undefined;
  let db: Db | undefined;
  try {
    db = openDatabase(path);
    const { faults, search } = examine(path);
    if (faults.length === 0) {
      remakeSearch(db, search);
      return db;
    }
  } catch (error) {
    // A schema that lost a line is an error of SQLite's like any other; the file stays as it is until a whole one stands.
    if (!isDamage(error) && !isSqlError(error)) throw error;
  }
  db?.close();
  return undefined;
}

const magic = 'SQLite format 3\0';

/** A file as SQLite begins one; an empty one that nothing was ever written to counts as well. */
function hasHead(path: string): boolean {
  if (statSync(path).size === 0) return !existsSync(`${path}-wal`);
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(magic.length);
    readSync(file, head, 0, head.length, 0);
    return head.toString('latin1') === magic;
  } finally {
    closeSync(file);
  }
}
