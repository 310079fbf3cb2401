import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Another Phonomaton works in this folder: a second one would “recover” the take the first is recording. */
export class FolderInUse extends Error {
  override name = 'FolderInUse';
}

/**
 * Holds `dir` for this process until the answer is called. The system lets go of it when the process dies, however it
 * dies, so no stale lock can keep a booth from starting. Throws FolderInUse.
 */
export function holdFolder(dir: string): () => void {
  // Visitors' voices: nobody else's business on a shared computer.
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const lock = new Database(join(dir, 'in-use.lock'), { timeout: 1000 });
  try {
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.exec('BEGIN EXCLUSIVE');
    return () => lock.close();
  } catch (error) {
    lock.close();
    const busy = error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
    throw busy ? new FolderInUse(`another Phonomaton works in ${dir}`) : error;
  }
}
