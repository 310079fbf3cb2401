import type Database from 'better-sqlite3';
import type { Db } from '../database.ts';
import type { Damaged, Place, Row } from './damaged.ts';

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** Puts a row over what stands there under its key; false where it breaks a rule of its table. */
export function putter(db: Db, { name }: Place): (row: Row) => boolean {
  const statements = new Map<string, Database.Statement>();
  return (row) => {
    const columns = Object.keys(row);
    const shape = columns.join();
    let statement = statements.get(shape);
    if (statement === undefined) {
      statement = db.prepare(
        `INSERT OR REPLACE INTO ${quoted(name)} (${columns.map(quoted).join()}) VALUES (${columns.map(() => '?').join()})`,
      );
      statements.set(shape, statement);
    }
    try {
      statement.run(...Object.values(row));
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT')) return false;
      throw error;
    }
  };
}

/** Runs `work` with no trigger in the way; what they keep true is to be made true afterwards. */
export function withoutTriggers(db: Db, work: () => void): void {
  const triggers = db
    .prepare<[], { name: string; sql: string }>("SELECT name, sql FROM main.sqlite_schema WHERE type = 'trigger'")
    .all();
  for (const { name } of triggers) db.exec(`DROP TRIGGER main.${quoted(name)}`);
  work();
  for (const { sql } of triggers) db.exec(sql);
}

/** Tables whose rows are made from others, or need more than being put there. */
export const madeElsewhere = new Set([
  'portrait_facts',
  'consent_records',
  'consent_payloads',
  'consent_head',
  'consent_now',
  'consent_losses',
]);

export interface Overlaid {
  /** Tables of which something could not be read. */
  broken: Set<string>;
  /** Portraits whose own row could be read. */
  portraits: Set<string>;
  /** Rows read. */
  rows: number;
}

/**
 * Puts what can be read of a damaged library over `db`, an older sound state of it or an empty one. A table that is whole
 * stands as it is; of one that is broken every readable row stands, and where a row is missing the older one.
 */
export function overlay(db: Db, damaged: Damaged, places: readonly Place[]): Overlaid {
  const broken = new Set<string>();
  const portraits = new Set<string>();
  let rows = 0;
  const note = ({ name }: Place, row: Row) => {
    rows += 1;
    if (name === 'portraits') portraits.add(String(row.id));
  };
  const seen = new Set<number>();
  for (const place of places) {
    if (madeElsewhere.has(place.name)) continue;
    const put = putter(db, place);
    const walk = { seen, broken: false };
    db.exec('SAVEPOINT whole');
    db.exec(`DELETE FROM ${quoted(place.name)}`);
    for (const row of damaged.rows(place, walk)) {
      if (put(row)) note(place, row);
      else walk.broken = true;
    }
    if (walk.broken) {
      // Read once more, this time over the older rows.
      db.exec('ROLLBACK TO whole');
      for (const row of damaged.rows(place, { seen: new Set(), broken: false })) put(row);
      broken.add(place.name);
    }
    db.exec('RELEASE whole');
  }
  if (broken.size > 0) {
    damaged.markOthers(places, seen);
    takeStrays(
      db,
      damaged.strays(
        places.filter(({ name }) => broken.has(name)),
        seen,
      ),
      note,
    );
  }
  return { broken, portraits, rows };
}

type Fits = { place: Place; rows: Row[] }[];

function takeStrays(db: Db, leaves: Iterable<Fits>, note: (place: Place, row: Row) => void): void {
  const putters = new Map<string, (row: Row) => boolean>();
  for (const fits of leaves) {
    for (const { place, rows } of fits) {
      const put = putters.get(place.name) ?? putter(db, place);
      putters.set(place.name, put);
      db.exec('SAVEPOINT leaf');
      const all = rows.every(put);
      db.exec(all ? 'RELEASE leaf' : 'ROLLBACK TO leaf; RELEASE leaf');
      if (!all) continue;
      for (const row of rows) note(place, row);
      break;
    }
  }
}
