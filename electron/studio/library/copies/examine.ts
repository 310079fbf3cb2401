import { isUtf8 } from 'node:buffer';
import Database from 'better-sqlite3';
import { verifyLinks } from '../consentChain.ts';

/** What was found in a database file. */
export interface Examination {
  /** Faults in SQLite's own words, for the log; none in a sound file. They may name tables, never what stands in them. */
  faults: string[];
  /** Full-text tables whose index is not that of their words. Nothing is lost by it: it is made again from them. */
  search: string[];
  /** Rows by table; empty when the file could not be read to its end. */
  rows: Record<string, number>;
  /** Whether the chain of consent verifies. A file may be faithful to a library whose evidence was changed. */
  chain: boolean;
}

const mostFaults = 20;
const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
const said = (error: unknown) => (error instanceof Error ? error.message : String(error));

interface Table {
  name: string;
  /** Columns whose text is looked at. */
  texts: string[];
}

/** The library's own tables, without those that SQLite and its full-text search keep for themselves. */
function tablesOf(db: Database.Database): Table[] {
  const tables = db
    .prepare<[], { name: string; type: string }>("SELECT name, type FROM pragma_table_list WHERE schema = 'main'")
    .all();
  const texts = db
    .prepare<[string], string>("SELECT name FROM pragma_table_info(?) WHERE upper(type) = 'TEXT'")
    .pluck();
  return tables
    .filter(({ name, type }) => type === 'table' && !name.startsWith('sqlite_'))
    .map(({ name }) => ({ name, texts: texts.all(name) }));
}

/**
 * One step for each thing to look at, so that reading the living library never holds on to an old state of it for long.
 * `integrity_check` and not `quick_check`: only the first compares every index with its table. It also asks the
 * full-text indexes, and every CHECK; what it cannot see is a page of long text that was overwritten, so texts are read.
 */
function* steps(db: Database.Database, whole: boolean, found: Examination): Generator<void> {
  const note = (lines: string[]) => {
    for (const line of lines) {
      const table = searchFault.exec(line)?.[1];
      if (table !== undefined) found.search.push(table);
      else if (line !== 'ok') found.faults.push(line);
    }
  };
  const tables = tablesOf(db);
  // Asked as a whole, SQLite also looks at the pages that are free; table by table it never reads for long.
  const asked = whole ? [String(mostFaults)] : checkable(db).map(quoted);
  for (const what of asked) {
    note(
      (db.pragma(`integrity_check(${what})`) as Record<string, unknown>[]).map((row) => String(Object.values(row)[0])),
    );
    yield;
  }
  for (const { name, texts } of tables) {
    const rows =
      db
        .prepare<[], number>(`SELECT count(*) FROM ${quoted(name)} NOT INDEXED`)
        .pluck()
        .get() ?? 0;
    found.rows[name] = rows;
    if (texts.length > 0) note(badTexts(db, name, texts));
    yield;
  }
  const strays = db.pragma('foreign_key_check') as { table: string }[];
  note(strays.slice(0, mostFaults).map(({ table }) => `foreign key of ${table}`));
  if (wordsDiffer(db)) note(['words differ from their index']);
  yield;
  // In one reading: a link that is added meanwhile would look like a fault.
  found.chain = db.transaction(() => verifyLinks(db).ok)();
}

/** What FTS5 says of an index that does not fit its words: `fts5: checksum mismatch for table "portrait_words"`. */
const searchFault = /^(?:fts5: .*|malformed inverted index for FTS5 )table "?(?:main\.)?(\w+)"?/;

const checkable = (db: Database.Database): string[] =>
  db
    .prepare<[], string>(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table','virtual','shadow')",
    )
    .pluck()
    .all();

/** Whether a text holds what no text of ours can: a page of zeros, or bytes that are no UTF-8. */
function badTexts(db: Database.Database, table: string, columns: string[]): string[] {
  const all = columns.map((column) => `CAST(${quoted(column)} AS BLOB)`).join(', ');
  for (const row of db
    .prepare<[], (Buffer | null)[]>(`SELECT ${all} FROM ${quoted(table)} NOT INDEXED`)
    .raw()
    .iterate()) {
    for (const text of row) if (text !== null && !isText(text)) return [`text of ${table}`];
  }
  return [];
}
export const isText = (bytes: Uint8Array): boolean => !bytes.includes(0) && isUtf8(bytes);

/** The full-text search keeps every word a second time: where the two differ, one was damaged. */
function wordsDiffer(db: Database.Database): boolean {
  const differ = db
    .prepare(
      `SELECT 1 FROM portrait_facts f LEFT JOIN portraits p ON p.id = f.portrait_id
         LEFT JOIN speakers s ON s.id = p.speaker_id LEFT JOIN portrait_words w ON w.rowid = f.n
       WHERE (w.name, w.trade, w.title, w.text, w.notes, w.code)
         IS NOT (s.first_name, s.trade, p.title, p.text, p.notes, coalesce(p.code, '')) LIMIT 1`,
    )
    .get();
  return differ !== undefined;
}

function examining(path: string): { db: Database.Database } | { fault: string } {
  try {
    return { db: new Database(path, { readonly: true, fileMustExist: true, timeout: 5000 }) };
  } catch (error) {
    return { fault: said(error) };
  }
}

/**
 * Looks through a whole database file, in steps; between two of them nothing is held. Never throws for damage: what stops
 * the reading is a fault like the others. An older schema is read as far as it goes.
 */
export function* examineInSteps(path: string, whole = true): Generator<void, Examination> {
  const found: Examination = { faults: [], search: [], rows: {}, chain: false };
  const opened = examining(path);
  if ('fault' in opened) return { ...found, faults: [opened.fault] };
  try {
    yield* steps(opened.db, whole, found);
  } catch (error) {
    found.faults.push(said(error));
  } finally {
    opened.db.close();
  }
  return { ...found, faults: found.faults.slice(0, mostFaults) };
}

/** All the steps at once. */
export function examine(path: string): Examination {
  const walk = examineInSteps(path);
  for (;;) {
    const step = walk.next();
    if (step.done) return step.value;
  }
}
