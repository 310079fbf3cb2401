import { type Db, transaction } from './database.ts';

export interface StoredDraft {
  id: string;
  name: string;
  /** Portraits it is about. */
  subjects: string[];
  /** JSON. */
  value: string;
  changedAt: string;
}
export interface NewDraft extends Omit<StoredDraft, 'changedAt'> {
  staffId: string;
  /** Counts the page's writes of this row. */
  turn: number;
  /** Drafts of the same member that this one goes on from; they go with the same transaction. */
  replaces: readonly string[];
}
/** `GONE`: a portrait it is about is withdrawn, erased, or was never there. `FULL`: the member has too many. */
export type DraftChange = 'saved' | 'GONE' | 'FULL' | 'BAD_DRAFT';

/** Most drafts of one member: many evenings' worth, and a bound for a page gone wild. */
const mostDrafts = 400;
/** What is never written down, however it came into a draft. */
const secret = /^(pass(word|wort|code)?|motdepasse|wachtwoord|pin|secret|token)$/i;

/** Deletes every draft that is about a portrait, inside the caller's transaction. */
export function forgetDrafts(db: Db, portraitId: string): void {
  db.prepare('DELETE FROM drafts WHERE EXISTS (SELECT 1 FROM json_each(subjects) WHERE value = ?)').run(portraitId);
}

/** Deletes what hosts began to write down of a person's choices: it was said before the person took something back. */
export function forgetChoices(db: Db, portraitId: string): void {
  db.prepare('DELETE FROM drafts WHERE name = ?').run(`record-${portraitId}`);
}

/** Whether a value may be kept: JSON, and nothing in it is called like a secret. */
function isKeepable(value: string): boolean {
  try {
    let clean = true;
    JSON.parse(value, (key, inner: unknown) => {
      if (secret.test(key) && inner !== '') clean = false;
      return inner;
    });
    return clean;
  } catch {
    return false;
  }
}

/** Every text in a JSON value, deepest first. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** What members are writing. Nobody reads another's, and no act of theirs stands in the audit before it is saved. */
export function draftsRepository(db: Db, now: () => Date) {
  const columns = 'id, name, subjects, value, changed_at AS changedAt';
  const read = (row: Omit<StoredDraft, 'subjects'> & { subjects: string }): StoredDraft => ({
    ...row,
    subjects: JSON.parse(row.subjects) as string[],
  });
  const unknown = db
    .prepare<[string], number>(
      `SELECT 1 FROM json_each(?) WHERE NOT EXISTS (
         SELECT 1 FROM portraits p WHERE p.id = value AND p.state NOT IN ('withdrawn', 'erased'))`,
    )
    .pluck();
  const others = db
    .prepare<[string, string], number>('SELECT count(*) FROM drafts WHERE staff_id = ? AND id <> ?')
    .pluck();
  // The member stands in the condition too: an id that is another's is not written over.
  const put = db.prepare(
    `INSERT INTO drafts (id, staff_id, name, subjects, value, seq, turn, changed_at)
     VALUES (@id, @staffId, @name, @subjects, @value, (SELECT coalesce(max(seq), 0) + 1 FROM drafts), @turn, @at)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, subjects = excluded.subjects, value = excluded.value,
       seq = excluded.seq, turn = excluded.turn, changed_at = excluded.changed_at
       WHERE staff_id = excluded.staff_id AND turn < excluded.turn`,
  );
  const remove = db.prepare('DELETE FROM drafts WHERE staff_id = ? AND id IN (SELECT value FROM json_each(?))');
  const ofMember = db.prepare<[string], Omit<StoredDraft, 'subjects'> & { subjects: string }>(
    `SELECT ${columns} FROM drafts WHERE staff_id = ? ORDER BY seq`,
  );
  const about = db
    .prepare<[string], string>(
      'SELECT value FROM drafts WHERE EXISTS (SELECT 1 FROM json_each(subjects) WHERE value = ?) ORDER BY seq',
    )
    .pluck();
  // A library that was put back from a copy may hold words about people who are erased since.
  db.prepare(
    `DELETE FROM drafts WHERE EXISTS (SELECT 1 FROM json_each(subjects) s JOIN portraits p ON p.id = s.value
       WHERE p.state IN ('withdrawn', 'erased'))`,
  ).run();

  return {
    save({ staffId, replaces, ...draft }: NewDraft): DraftChange {
      if (!isKeepable(draft.value)) return 'BAD_DRAFT';
      return transaction(db, () => {
        const subjects = JSON.stringify(draft.subjects);
        if (unknown.get(subjects) !== undefined) return 'GONE';
        remove.run(staffId, JSON.stringify(replaces.filter((id) => id !== draft.id)));
        if ((others.get(staffId, draft.id) ?? 0) >= mostDrafts) return 'FULL';
        put.run({ ...draft, staffId, subjects, at: now().toISOString() });
        return 'saved';
      });
    },
    drop(staffId: string, ids: readonly string[]): void {
      transaction(db, () => remove.run(staffId, JSON.stringify(ids)));
    },
    /** The member's own, the last written last. */
    list: (staffId: string): StoredDraft[] => ofMember.all(staffId).map(read),
    /** Everything members began to write about a portrait, as plain texts; for the person's own dossier. */
    textsAbout: (portraitId: string): string[] =>
      about.all(portraitId).flatMap((value) => textsIn(JSON.parse(value)).filter((text) => text.trim() !== '')),
  };
}
