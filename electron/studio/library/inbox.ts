import type { Cursor, Excerpt, ListedRow, PortraitQuery } from '../../../shared/contract/inbox.ts';
import { largestAct, type Sort } from '../../../shared/domain/inbox.ts';
import { type PortraitState, portraitStates } from '../../../shared/domain/portrait.ts';
import type { ReadDb } from './database.ts';
import { excerptColumns, type HiddenField, hiddenFields, readExcerpt } from './matching.ts';
import { type Narrowing, narrower, where } from './narrowing.ts';
import { readRow, rowColumns, rowTables, type StoredRow } from './rows.ts';

export type ListQuery = PortraitQuery & {
  sort?: Sort | undefined;
  after?: Cursor | undefined;
  limit: number;
};

/** Column and direction of each order; the id, which is older the smaller, settles what is equal. */
const orders: Record<Sort, { key: string; direction: 'ASC' | 'DESC' }> = {
  newest: { key: 'f.portrait_id', direction: 'DESC' },
  oldest: { key: 'f.portrait_id', direction: 'ASC' },
  name: { key: 'f.name_key', direction: 'ASC' },
  title: { key: 'f.title_key', direction: 'ASC' },
  longest: { key: 'f.length', direction: 'DESC' },
  shortest: { key: 'f.length', direction: 'ASC' },
  loudest: { key: 'f.loudness', direction: 'DESC' },
  quietest: { key: 'f.loudness', direction: 'ASC' },
  rating: { key: 'f.rating', direction: 'DESC' },
};

interface Key {
  n: number;
  id: string;
  key: string | number;
}

/** The statement for one page of keys; exported so that a test can ask how SQLite goes about it. */
export function pageSql(query: Omit<ListQuery, 'limit'>, narrowing: Narrowing): string {
  const { key, direction } = orders[query.sort ?? 'newest'];
  const beyond = direction === 'ASC' ? '>' : '<';
  const after = query.after === undefined ? [] : [`(${key}, f.portrait_id) ${beyond} (@afterKey, @afterId)`];
  // An order named twice would be sorted once more.
  const order = key === 'f.portrait_id' ? `${key} ${direction}` : `${key} ${direction}, f.portrait_id ${direction}`;
  return `SELECT f.n, f.portrait_id AS id, ${key} AS key FROM portrait_facts f ${where(narrowing, undefined, after)}
    ORDER BY ${order} LIMIT @limit`;
}

/** The hosts' list: pages, searches and the targets of an act. It reads and nothing else. */
export function inboxRepository(db: ReadDb) {
  // A page at once: asked for one by one, its rows cost ten times as much.
  const rowsById = db.prepare<[string], StoredRow>(
    `SELECT ${rowColumns} ${rowTables} WHERE p.id IN (SELECT value FROM json_each(?))`,
  );
  const narrow = narrower(db);
  // The plus keeps SQLite from asking the index once for every row.
  const excerptsOf = db.prepare<[string, string], { n: number } & Record<HiddenField, string>>(
    `SELECT rowid AS n, ${excerptColumns} FROM portrait_words
     WHERE portrait_words MATCH ? AND +rowid IN (SELECT value FROM json_each(?))`,
  );
  const countStates = db
    .prepare<[], [PortraitState, number]>('SELECT state, count(*) FROM portrait_facts GROUP BY state')
    .raw();

  const changesSoFar = db.prepare<[], number>('SELECT total_changes()').pluck();
  const none = Object.fromEntries(portraitStates.map((state) => [state, 0])) as Record<PortraitState, number>;
  let counted = { at: -1, counts: none };

  /** Counted again once anything was written: nobody else has the library open. */
  function counts(): Record<PortraitState, number> {
    const at = changesSoFar.get() ?? 0;
    if (counted.at !== at) {
      counted = { at, counts: { ...none, ...(Object.fromEntries(countStates.all()) as Partial<typeof none>) } };
    }
    return counted.counts;
  }

  function keys(query: ListQuery, narrowing: Narrowing): Key[] {
    const after = query.after === undefined ? {} : { afterKey: query.after.key, afterId: query.after.id };
    return db
      .prepare<object, Key>(pageSql(query, narrowing))
      .all({ ...narrowing.values, ...after, limit: query.limit });
  }

  /** What a search found in things the rows do not show, by the number of the row. */
  function excerpts(match: string | null, page: readonly Key[]): Map<number, Excerpt> {
    const found = new Map<number, Excerpt>();
    if (match === null) return found;
    for (const row of excerptsOf.iterate(match, JSON.stringify(page.map(({ n }) => n)))) {
      for (const field of hiddenFields) {
        const shown = readExcerpt(row[field]);
        if (shown === null) continue;
        found.set(row.n, { field, ...shown });
        break;
      }
    }
    return found;
  }

  return {
    list(query: ListQuery) {
      const narrowing = narrow(query);
      const found = keys({ ...query, limit: query.limit + 1 }, narrowing);
      const page = found.slice(0, query.limit);
      const shown = excerpts(narrowing.match, page);
      const stored = new Map(rowsById.all(JSON.stringify(page.map(({ id }) => id))).map((row) => [row.id, row]));
      const rows = page.flatMap(({ id, n }): ListedRow[] => {
        const row = stored.get(id);
        return row === undefined ? [] : [{ ...readRow(row), excerpt: shown.get(n) ?? null }];
      });
      const last = page.at(-1);
      const more = found.length > page.length;
      return { rows, counts: counts(), more, next: more && last !== undefined ? { key: last.key, id: last.id } : null };
    },

    /** Those of `ids` that a list holds. */
    among({ ids, ...query }: PortraitQuery & { ids: readonly string[] }): string[] {
      const narrowing = narrow(query);
      const wanted = 'f.portrait_id IN (SELECT value FROM json_each(@ids))';
      return db
        .prepare<object, string>(`SELECT f.portrait_id FROM portrait_facts f ${where(narrowing, undefined, [wanted])}`)
        .pluck()
        .all({ ...narrowing.values, ids: JSON.stringify(ids) });
    },

    /** Every portrait of a list, in order, with what an act has to know of it. */
    pick(query: PortraitQuery & { sort?: Sort | undefined }) {
      const found = keys({ ...query, limit: largestAct + 1 }, narrow(query));
      const head = db.prepare<[string], { id: string; revision: number; state: PortraitState }>(
        'SELECT id, revision, state FROM portraits WHERE id = ?',
      );
      const targets = found.slice(0, largestAct).flatMap(({ id }) => head.get(id) ?? []);
      return { targets, more: found.length > largestAct };
    },
  };
}
