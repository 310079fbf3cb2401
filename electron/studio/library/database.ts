import Database from 'better-sqlite3';
import { migrations } from './migrations/index.ts';

/** A handle that may write. Only repositories hold one. */
export type Db = Database.Database;

declare const reading: unique symbol;
/** A handle that cannot write: what only answers questions is given this one. */
export interface ReadDb {
  prepare<Bound extends unknown[] | object = unknown[], Row = unknown>(sql: string): Reading<Bound, Row>;
  readonly [reading]: true;
}
type Reading<Bound extends unknown[] | object, Row> = Pick<
  Database.Statement<Bound extends unknown[] ? Bound : [Bound], Row>,
  'all' | 'get' | 'iterate' | 'pluck' | 'raw'
>;

/** Statements kept compiled. */
const mostCompiled = 100;

/** The reading side of a handle. It refuses, at once, a statement that would write. */
export function readOnly(db: Db): ReadDb {
  // Searches come in a few shapes, over and over; compiling one takes as long as running it.
  const compiled = new Map<string, Database.Statement>();
  return {
    prepare(sql: string) {
      const known = compiled.get(sql);
      if (known !== undefined) return known;
      const statement = db.prepare(sql);
      if (!statement.readonly) throw new Error(`a reader may not write: ${sql.trim().slice(0, 60)}`);
      if (compiled.size >= mostCompiled) compiled.delete(compiled.keys().next().value ?? sql);
      compiled.set(sql, statement);
      return statement;
    },
  } as unknown as ReadDb;
}

/** The file was written by a newer Phonomaton; opening it could lose what it holds. */
export class DatabaseFromTheFuture extends Error {
  override name = 'DatabaseFromTheFuture';
}

/**
 * Opens (or makes) the library's database and brings it to the newest schema, one transaction a step.
 * `newest`: the last schema to bring it to, for what is to be compared with an older file. Throws DatabaseFromTheFuture for
 * a newer schema and SQLite's own error for a file that is no database.
 */
export function openDatabase(path: string, newest = migrations.length): Db {
  const db = new Database(path, { timeout: 5000 });
  try {
    db.pragma('journal_mode = WAL');
    // Masters are synced before they are acknowledged; their rows deserve the same.
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    // Erased means erased: freed pages are overwritten.
    db.pragma('secure_delete = ON');
    // A large library is walked through its indexes; 32 MB keep them at hand.
    db.pragma('cache_size = -32000');
    migrate(db, newest);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function migrate(db: Db, newest: number): void {
  const version = db.pragma('user_version', { simple: true }) as number;
  if (version > migrations.length) {
    throw new DatabaseFromTheFuture(`schema ${version}, this Phonomaton knows ${migrations.length}`);
  }
  for (let index = version; index < newest; index++) {
    const step = migrations[index];
    if (step === undefined) break;
    db.transaction(() => {
      db.exec(step.sql);
      step.fill?.(db);
      db.pragma(`user_version = ${index + 1}`);
    }).immediate();
  }
}

/** Runs `work` as one transaction that holds the write lock from its start. */
export function transaction<T>(db: Db, work: () => T): T {
  return db.transaction(work).immediate();
}
