import { isText } from '../copies/examine.ts';
import type { Db } from '../database.ts';
import { openPages, type Pages } from './pages.ts';
import { type Cell, strayLeaves, type TreeWalk, walkTree } from './trees.ts';

export interface Column {
  name: string;
  type: string;
  notNull: boolean;
  fallback: string | null;
  /** Place in the primary key, from 1; 0 outside it. */
  key: number;
}
/** A table as the schema has it, and where its rows begin in the damaged file. */
export interface Place {
  name: string;
  root: number | undefined;
  columns: Column[];
  /** The column that is the rowid, if one is. */
  rowidColumn: string | undefined;
  withoutRowid: boolean;
}

/** A damaged library, read as far as it goes. */
export interface Damaged {
  /** Schema it was written with, where its first page still tells. */
  version: number | undefined;
  logDamaged: boolean;
  /** Rows of a table, as SQL values by column; `walk` says afterwards whether any were broken. */
  rows(place: Place, walk: TreeWalk): Generator<Row>;
  /** Rows on pages that no tree led to, each leaf offered with every table of `places` that it can be of. */
  strays(places: readonly Place[], seen: ReadonlySet<number>): Generator<{ place: Place; rows: Row[] }[]>;
  /** Marks the pages of everything that is no table of ours (indexes, full text), so that they are not taken for strays. */
  markOthers(places: readonly Place[], seen: Set<number>): void;
  /** Where the trees begin, as the file's own schema says. */
  roots: Map<string, number>;
  close(): void;
}
export type Row = Record<string, unknown>;

const magic = Buffer.from('SQLite format 3\0');

/** Opens what is left of a library. Throws what the disk throws. */
export function openDamaged(path: string): Damaged {
  const pages = openPages(path);
  const first = pages.read(1);
  const version = first?.subarray(0, 16).equals(magic) ? first.readUInt32BE(60) : undefined;
  const roots = rootsOf(pages);
  return {
    version,
    logDamaged: pages.logDamaged,
    roots,
    *rows(place, walk) {
      if (place.root === undefined) {
        walk.broken = true;
        return;
      }
      for (const cell of walkTree(pages, place.root, walk, isText)) {
        const row = rowOf(place, cell);
        if (row === undefined) walk.broken = true;
        else yield row;
      }
    },
    *strays(places, seen) {
      for (const { table, cells } of strayLeaves(pages, seen, isText)) {
        const fits = places
          .filter(({ withoutRowid }) => withoutRowid !== table)
          .map((place) => ({ place, rows: cells.map((cell) => rowOf(place, cell)) }))
          .filter((fit): fit is { place: Place; rows: Row[] } => fit.rows.every((row) => row !== undefined));
        // Who has as many columns as the leaf goes first: fewer are only there where one was added later.
        const width = (place: Place) => Number(place.columns.length !== cells[0]?.values.length);
        if (fits.length > 0) yield fits.sort((a, b) => width(a.place) - width(b.place));
      }
    },
    markOthers(places, seen) {
      const ours = new Set(places.map(({ root }) => root));
      for (const root of roots.values()) {
        if (ours.has(root)) continue;
        for (const _ of walkTree(pages, root, { seen, broken: false }, isText));
      }
    },
    close: () => pages.close(),
  };
}

function rootsOf(pages: Pages): Map<string, number> {
  const roots = new Map<string, number>();
  for (const { values } of walkTree(pages, 1, { seen: new Set(), broken: false }, isText)) {
    const [, name, , root] = values;
    if (typeof name === 'string' && typeof root === 'number' && root > 0) roots.set(name, root);
  }
  return roots;
}

/** The cell as a row of that table; undefined where it cannot be one. */
function rowOf({ columns, rowidColumn, withoutRowid }: Place, { rowid, values }: Cell): Row | undefined {
  if (values.length > columns.length || withoutRowid !== (rowid === undefined)) return undefined;
  const keys = columns.filter(({ key }) => key > 0).sort((a, b) => a.key - b.key);
  const stored = withoutRowid ? [...keys, ...columns.filter(({ key }) => key === 0)] : columns;
  const row: Row = {};
  for (const [index, column] of stored.entries()) {
    const value = column.name === rowidColumn ? rowid : values[index];
    if (value === undefined) {
      // Added after the row was written: it has the column's default, which the insertion gives it.
      if (column.notNull && column.fallback === null) return undefined;
      continue;
    }
    if (!isOf(column, value)) return undefined;
    row[column.name] = value;
  }
  return row;
}

function isOf({ type, notNull, key }: Column, value: unknown): boolean {
  if (value === null) return !notNull && key === 0;
  if (type === 'TEXT') return typeof value === 'string';
  if (type === 'INTEGER') return typeof value === 'number' || typeof value === 'bigint';
  if (type === 'REAL') return typeof value === 'number';
  return true;
}

/** The tables a library is made of, as `db` has them: without what SQLite and the full-text search keep for themselves. */
export function placesOf(db: Db, roots: ReadonlyMap<string, number>): Place[] {
  const tables = db
    .prepare<[], { name: string; wr: 0 | 1 }>(
      "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    )
    .all();
  const columnsOf = db.prepare<
    [string],
    { name: string; type: string; notnull: 0 | 1; dflt_value: string | null; pk: number }
  >('SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(?) ORDER BY cid');
  return tables.map(({ name, wr }) => {
    const columns = columnsOf.all(name).map((column) => ({
      name: column.name,
      type: column.type.toUpperCase(),
      notNull: column.notnull === 1,
      fallback: column.dflt_value,
      key: column.pk,
    }));
    const keys = columns.filter(({ key }) => key > 0);
    const [only] = keys;
    const rowidColumn = wr === 0 && keys.length === 1 && only?.type === 'INTEGER' ? only.name : undefined;
    return { name, root: roots.get(name), columns, rowidColumn, withoutRowid: wr === 1 };
  });
}
