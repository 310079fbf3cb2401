import { newId } from '../../../../shared/domain/ids.ts';
import type { Db } from '../database.ts';
import type { Damaged, Place, Row } from './damaged.ts';

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** Columns of the full-text search in which every word stands a second time, by their place. */
const wordColumns = ['name', 'trade', 'title', 'cooperative', 'code', 'text', 'notes', 'transcript'] as const;
type Words = Record<(typeof wordColumns)[number], string>;

export interface Traces {
  /** What the lists knew of each portrait. */
  facts: Map<string, Row>;
  words: Map<string, Words>;
}

/** What the lists and the full-text search of a damaged library still say of portraits. */
export function tracesOf(damaged: Damaged, places: readonly Place[]): Traces {
  const facts = new Map<string, Row>();
  const byNumber = new Map<number, string>();
  const place = places.find(({ name }) => name === 'portrait_facts');
  for (const row of place ? damaged.rows(place, { seen: new Set(), broken: false }) : []) {
    facts.set(String(row.portrait_id), row);
    byNumber.set(Number(row.n), String(row.portrait_id));
  }
  const words = new Map<string, Words>();
  const content: Place = {
    name: 'portrait_words_content',
    root: damaged.roots.get('portrait_words_content'),
    columns: ['id', ...wordColumns].map((name) => ({
      name,
      type: name === 'id' ? 'INTEGER' : '',
      notNull: false,
      fallback: null,
      key: Number(name === 'id'),
    })),
    rowidColumn: 'id',
    withoutRowid: false,
  };
  for (const row of damaged.rows(content, { seen: new Set(), broken: false })) {
    const id = byNumber.get(Number(row.id));
    if (id === undefined) continue;
    words.set(id, Object.fromEntries(wordColumns.map((name) => [name, String(row[name] ?? '')])) as Words);
  }
  return { facts, words };
}

/** Portraits whose own row is lost, made again from what the lists and the search kept of them. Answers their ids. */
export function remakePortraits(db: Db, { facts, words }: Traces, ended: (id: string) => boolean): string[] {
  const there = db.prepare('SELECT 1 FROM portraits WHERE id = ?');
  const take = db.prepare<[string], { id: string; started_at: string }>(
    'SELECT id, started_at FROM takes WHERE portrait_id = ? ORDER BY id DESC LIMIT 1',
  );
  const set = db.prepare<[string], string>('SELECT question_set_id FROM events WHERE id = ?').pluck();
  const cooperative = db.prepare<[string], string>('SELECT id FROM cooperatives WHERE id = ?').pluck();
  const made: string[] = [];
  for (const [id, fact] of facts) {
    if (there.get(id) !== undefined || ended(id)) continue;
    const said = words.get(id);
    const speakerId = newId();
    const known = take.get(id);
    const at = known?.started_at ?? `${fact.day}T12:00:00.000Z`;
    db.prepare('INSERT INTO speakers (id, first_name, trade, cooperative_id) VALUES (?, ?, ?, ?)').run(
      speakerId,
      said?.name ?? '',
      said?.trade ?? '',
      cooperative.get(String(fact.cooperative_id)) ?? null,
    );
    db.prepare(
      `INSERT INTO portraits (id, state, event_id, speaker_id, question_set_id, question_id, language, token_hash, created_at,
         updated_at, title, text, notes, rating, code, take_id, confirmed, revision)
       VALUES (?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`,
    ).run(
      id,
      fact.state,
      fact.event_id,
      speakerId,
      set.get(String(fact.event_id)) ?? '',
      fact.question_id,
      fact.language,
      at,
      at,
      said?.title ?? '',
      said?.text ?? '',
      said?.notes ?? '',
      fact.rating,
      said?.code || null,
      known?.id ?? null,
      String(fact.marks).includes(' unconfirmed ') ? 0 : 1,
    );
    made.push(id);
  }
  return made;
}

/** Where a portrait's speaker is lost, the search still knows the name. */
function remakeSpeakers(db: Db, words: Traces['words']): void {
  const lost = db
    .prepare<[], { id: string; speakerId: string }>(
      'SELECT id, speaker_id AS speakerId FROM portraits WHERE speaker_id NOT IN (SELECT id FROM speakers)',
    )
    .all();
  for (const { id, speakerId } of lost) {
    const said = words.get(id);
    db.prepare('INSERT OR IGNORE INTO speakers (id, first_name, trade) VALUES (?, ?, ?)').run(
      speakerId,
      said?.name ?? '',
      said?.trade ?? '',
    );
  }
}

/** A portrait needs an event and a question set; where theirs are lost, nameless ones stand in their place. */
function remakeEvents(db: Db): void {
  db.exec(`
    INSERT INTO events (id, name, town, day, theme, languages, limit_seconds, question_set_id, created_at)
      SELECT event_id, '', '', date(min(created_at)), '{"fr":""}', '["fr"]', 90, min(question_set_id), min(created_at)
      FROM portraits WHERE event_id NOT IN (SELECT id FROM events) GROUP BY event_id;
    INSERT INTO question_sets (id, name)
      SELECT DISTINCT question_set_id, '' FROM events WHERE question_set_id NOT IN (SELECT id FROM question_sets);
    UPDATE events SET current = 1 WHERE id = (SELECT max(id) FROM events)
      AND NOT EXISTS (SELECT 1 FROM events WHERE current = 1);`);
}

interface Stray {
  table: string;
  rowid: number | null;
  fkid: number;
}

/** Lets go of what hangs on something lost: a reference that may be empty is emptied, any other row goes. */
function cutStrays(db: Db): void {
  const keysOf = db.prepare<[string], { id: number; from: string; table: string; to: string | null }>(
    'SELECT id, "from", "table", "to" FROM pragma_foreign_key_list(?)',
  );
  const mayBeEmpty = db
    .prepare<[string, string], 0 | 1>('SELECT "notnull" FROM pragma_table_info(?) WHERE name = ?')
    .pluck();
  // Each round may leave others without what they hung on.
  for (let round = 0; round < 8; round++) {
    const strays = db.pragma('foreign_key_check') as Stray[];
    if (strays.length === 0) return;
    const broken = new Map(strays.map(({ table, fkid }) => [`${table} ${fkid}`, { table, fkid }]));
    for (const { table, fkid } of broken.values()) {
      const key = keysOf.all(table).find(({ id }) => id === fkid);
      if (key === undefined) continue;
      const orphan = `${quoted(key.from)} IS NOT NULL AND ${quoted(key.from)} NOT IN (SELECT ${quoted(key.to ?? 'id')} FROM ${quoted(key.table)})`;
      const empty = mayBeEmpty.get(table, key.from) === 0;
      db.exec(
        empty
          ? `UPDATE ${quoted(table)} SET ${quoted(key.from)} = NULL WHERE ${orphan}`
          : `DELETE FROM ${quoted(table)} WHERE ${orphan}`,
      );
    }
  }
}

/** Makes of merged rows a library in which everything hangs together. Foreign keys and triggers have to be off. */
export function repair(db: Db, { words }: Traces): void {
  remakeSpeakers(db, words);
  remakeEvents(db);
  cutStrays(db);
  // A portrait without its chosen take has the newest that is there.
  db.exec(`UPDATE portraits SET take_id = (SELECT max(id) FROM takes WHERE portrait_id = portraits.id)
    WHERE take_id IS NULL AND state NOT IN ('recording','withdrawn','erased')`);
}

/** Lists and search are made again from the portraits; with the triggers in place. */
export function remakeLists(db: Db): void {
  db.exec(`
    DELETE FROM portrait_facts;
    DELETE FROM portrait_words;
    DELETE FROM tag_words;
    INSERT INTO tag_words (rowid, name) SELECT id, name FROM tags;
    INSERT INTO stale_facts SELECT id FROM portraits ORDER BY id;`);
}
