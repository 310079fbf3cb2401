import Database from 'better-sqlite3';
import { migrations } from './migrations/index.ts';

/** A handle that may write. Only repositories hold one. */
export type Db = Database.Database;

/** The file was written by a newer Phonomaton; opening it could lose what it holds. */
export class DatabaseFromTheFuture extends Error {
  override name = 'DatabaseFromTheFuture';
}

/**
 * Opens (or makes) the library's database and brings it to the newest schema, one transaction a step.
 * Throws DatabaseFromTheFuture for a newer schema and SQLite's own error for a file that is no database.
 */
export function openDatabase(path: string): Db {
  const db = new Database(path, { timeout: 5000 });
  try {
    db.pragma('journal_mode = WAL');
    // Masters are synced before they are acknowledged; their rows deserve the same.
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    // Erased means erased: freed pages are overwritten.
    db.pragma('secure_delete = ON');
    migrate(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function migrate(db: Db): void {
  const version = db.pragma('user_version', { simple: true }) as number;
  if (version > migrations.length) {
    throw new DatabaseFromTheFuture(`schema ${version}, this Phonomaton knows ${migrations.length}`);
  }
  for (let index = version; index < migrations.length; index++) {
    const step = migrations[index];
    if (step === undefined) break;
    db.transaction(() => {
      db.exec(step.sql);
      db.pragma(`user_version = ${index + 1}`);
    }).immediate();
  }
}

/** Runs `work` as one transaction that holds the write lock from its start. */
export function transaction<T>(db: Db, work: () => T): T {
  return db.transaction(work).immediate();
}
