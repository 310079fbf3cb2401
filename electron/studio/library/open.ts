import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseFromTheFuture, type Db, openDatabase } from './database.ts';

/** How the library was opened; shown in the hosts' health panel. */
export type Opening = 'opened' | 'created' | 'restored' | 'renewed';

const fileName = 'library.db';
const backupPattern = /^library-.*\.db$/;
/** How many backups stay. */
const backupsKept = 5;

/**
 * Opens the library in `dir`. A file that is damaged is set aside (never deleted) and replaced by the newest backup
 * that opens, or by a new library; the masters and their records beside it then tell what is missing.
 * Throws DatabaseFromTheFuture, and whatever a locked or unreadable folder raises.
 */
export function openLibrary(dir: string, now: () => Date): { db: Db; opening: Opening } {
  mkdirSync(dir, { recursive: true });
  const path = join(dir, fileName);
  const existed = existsSync(path);
  const sound = tryOpen(path);
  if (sound) return { db: sound, opening: existed ? 'opened' : 'created' };

  const stamp = now().toISOString().replaceAll(':', '-');
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, `${path}.damaged-${stamp}${suffix}`);
  }
  for (const backup of backups(dir)) {
    copyFileSync(backup, path);
    const restored = tryOpen(path);
    if (restored) return { db: restored, opening: 'restored' };
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
  }
  return { db: openDatabase(path), opening: 'renewed' };
}

/** The database when it opens and is sound, undefined when SQLite finds it damaged. */
function tryOpen(path: string): Db | undefined {
  try {
    const db = openDatabase(path);
    if (db.pragma('quick_check', { simple: true }) === 'ok') return db;
    db.close();
    return undefined;
  } catch (error) {
    if (error instanceof DatabaseFromTheFuture) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT')) return undefined;
    throw error;
  }
}

/** Newest first. */
function backups(dir: string): string[] {
  const folder = join(dir, 'backups');
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => backupPattern.test(name));
  return names
    .sort()
    .reverse()
    .map((name) => join(folder, name));
}

/** Writes a whole, consistent copy beside the library while it is in use, and drops the oldest ones. */
export async function backUp(db: Db, dir: string, now: () => Date): Promise<void> {
  const folder = join(dir, 'backups');
  mkdirSync(folder, { recursive: true });
  // What a crash left half written holds people's words all the same.
  for (const name of readdirSync(folder)) if (name.endsWith('.part')) rmSync(join(folder, name));
  const target = join(folder, `library-${now().toISOString().replaceAll(':', '-')}.db`);
  await db.backup(`${target}.part`);
  renameSync(`${target}.part`, target);
  for (const old of backups(dir).slice(backupsKept)) rmSync(old, { force: true });
}

/**
 * What a visitor threw away must not live on in a copy: drops the backups made since `since` (ISO 8601) and empties the
 * write-ahead log, in which older pages stand until they are overwritten.
 */
export function scrub(db: Db, dir: string, since: string): void {
  db.pragma('wal_checkpoint(TRUNCATE)');
  const first = `library-${since.replaceAll(':', '-')}.db`;
  for (const backup of backups(dir)) if (basename(backup) >= first) rmSync(backup, { force: true });
}
