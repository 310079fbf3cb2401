import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { backups, setAside } from './copies.ts';
import { DatabaseFromTheFuture, type Db, openDatabase } from './database.ts';

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
