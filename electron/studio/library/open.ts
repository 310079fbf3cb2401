import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { examine } from './copies/examine.ts';
import { copiesOf, setAside } from './copies/names.ts';
import { type Db, openDatabase } from './database.ts';
import { isDamage } from './disk.ts';

/** How the library was opened; shown in the hosts' health panel. */
export type Opening = 'opened' | 'created' | 'restored' | 'renewed';

const fileName = 'library.db';

/**
 * Opens the library in `dir`. A file that is damaged is set aside and replaced by the newest backup
 * that opens, or by a new library; the masters and their records beside it then tell what is missing.
 * Throws DatabaseFromTheFuture, and whatever a locked or unreadable folder raises.
 */
export function openLibrary(dir: string, now: () => Date): { db: Db; opening: Opening } {
  mkdirSync(dir, { recursive: true });
  const path = join(dir, fileName);
  const existed = existsSync(path);
  const sound = tryOpen(path);
  if (sound) return { db: sound, opening: existed ? 'opened' : 'created' };

  setAside(path, now());
  for (const copy of copiesOf(dir)) {
    copyFileSync(copy.path, path);
    const restored = tryOpen(path);
    if (restored) return { db: restored, opening: 'restored' };
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
  }
  return { db: openDatabase(path), opening: 'renewed' };
}

/** The database when it opens and is sound, undefined when it is found damaged. */
function tryOpen(path: string): Db | undefined {
  let db: Db | undefined;
  try {
    db = openDatabase(path);
    if (examine(path).faults.length === 0) return db;
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  db?.close();
  return undefined;
}
