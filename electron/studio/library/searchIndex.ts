import type { Db } from './database.ts';

/** Makes the index of full-text tables again from the words they hold. */
export function remakeSearch(db: Db, tables: readonly string[]): void {
  for (const table of new Set(tables)) db.exec(`INSERT INTO "${table}" ("${table}") VALUES ('rebuild')`);
}
