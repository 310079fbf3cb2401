import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, readOnly } from '../../../electron/studio/library/database.ts';
import { facetsSql } from '../../../electron/studio/library/facets.ts';
import { type ListQuery, pageSql } from '../../../electron/studio/library/inbox.ts';
import type { Library } from '../../../electron/studio/library/library.ts';
import { matchExpressions } from '../../../electron/studio/library/matching.ts';
import { migrations } from '../../../electron/studio/library/migrations/index.ts';
import { narrower } from '../../../electron/studio/library/narrowing.ts';
import { sorts } from '../../../shared/domain/inbox.ts';
import { markTerms, searchTerms } from '../../../shared/domain/search.ts';
import { fillMany } from '../../fixtures/many-portraits.ts';
import { closingOf, keptPortrait, seededLibrary, startOf, tempFolder, tokenHash } from './lives.ts';

let dir: string;
let library: Library;
beforeEach(() => {
  dir = tempFolder();
  library = seededLibrary(dir);
});
afterEach(() => {
  library.close();
  rmSync(dir, { recursive: true });
});

function portrait(firstName: string, words: { title?: string; text?: string; tags?: string[] } = {}, trade = '') {
  const { id, code } = keptPortrait(library, { speaker: { firstName, trade, cooperativeId: 'tilt' } });
  const stored = library.portraits.get(id);
  library.words.save(id, stored?.revision ?? 0, { title: '', text: '', tags: [], ...words }, 'host');
  return { id, code };
}
const found = (words: string, more: Partial<ListQuery> = {}) =>
  library.portraits.list({ words, limit: 60, ...more }).rows;
const names = (words: string) => found(words).map((row) => row.speaker.firstName);

describe('a search', () => {
  it('is blind to accents, case and ligatures, and takes the beginning of every word', () => {
    portrait('Maëlle', { title: 'Le CŒUR de l’équipe' }, 'maraîchère');
    portrait('Bart', { text: 'Un atelier de vélos' });
    expect(names('maelle')).toEqual(['Maëlle']);
    expect(names('MARAICH')).toEqual(['Maëlle']);
    expect(names('coeur')).toEqual(['Maëlle']);
    expect(names('cœur ÉQUIPE')).toEqual(['Maëlle']);
    expect(names('vel')).toEqual(['Bart']);
    expect(names('equipe velo')).toEqual([]);
    expect(names('tilt')).toEqual(['Bart', 'Maëlle']);
    expect(names('“*(')).toEqual(['Bart', 'Maëlle']);
  });

  it('looks through trades, notes, transcripts, tags and codes, and shows where it found something', () => {
    const { id, code } = portrait('Odile', { tags: ['Économie sociale', 'bois'] }, 'menuisière');
    portrait('Zoé');
    const cues = [
      { start: 0, end: 4, text: 'On a commencé sous un hangar' },
      { start: 4, end: 9, text: 'avec trois chaises et beaucoup de <b>café</b>' },
    ];
    library.db
      .prepare('UPDATE portraits SET notes = ?, transcript = ? WHERE id = ?')
      .run('à rappeler jeudi', JSON.stringify({ language: 'fr', origin: 'typed', checked: true, cues }), id);
    for (const words of [
      'menuis',
      'rappeler',
      'hangar chaises',
      'economie',
      'economie hangar',
      'soc od',
      code,
      code.replace('-', ''),
      code.slice(0, 5),
    ]) {
      expect(names(words), words).toEqual(['Odile']);
    }
    expect(names('economie zoe')).toEqual([]);
    const shown = found('cafe')[0]?.excerpt;
    expect(shown?.field).toBe('transcript');
    expect(shown?.marks.map(({ start, end }) => shown.text.slice(start, end))).toEqual(['café']);
    expect(shown?.text).toContain('<b>café');
    expect(found('odile')[0]?.excerpt).toBeNull();
  });

  it('follows every change: speakers, cooperatives, tags renamed, merged and dropped', () => {
    const { id } = portrait('Odile', { tags: ['bois'] });
    const { db } = library;
    db.prepare("UPDATE speakers SET first_name = 'Ondine'").run();
    expect(names('odile')).toEqual([]);
    expect(names('ondine')).toEqual(['Ondine']);
    db.prepare("UPDATE cooperatives SET name = 'Le Groop' WHERE id = 'tilt'").run();
    expect(names('tilt')).toEqual([]);
    expect(names('groop')).toEqual(['Ondine']);
    db.prepare("UPDATE tags SET name = 'menuiserie'").run();
    expect(names('bois')).toEqual([]);
    expect(names('menuiserie')).toEqual(['Ondine']);
    db.prepare('DELETE FROM portrait_tags').run();
    db.prepare('DELETE FROM tags').run();
    expect(names('menuiserie')).toEqual([]);
    db.prepare("UPDATE portraits SET state = 'erased' WHERE id = ?").run(id);
    expect(names('ondine')).toEqual([]);
    expect(db.prepare('SELECT count(*) FROM portrait_words').pluck().get()).toBe(0);
  });

  it('finds what the marks show, and marks what it finds', () => {
    const letters = fc.constantFrom(...'aàeéoœuçñ·’ -'.split(''), 'Oe', 'É', 'l’');
    const text = fc.array(letters, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));
    const { id } = portrait('Odile');
    const title = library.db.prepare('UPDATE portraits SET title = ? WHERE id = ?');
    const match = library.db.prepare('SELECT 1 FROM portrait_words WHERE portrait_words MATCH ?');
    fc.assert(
      fc.property(text, text, (stored, typed) => {
        title.run(stored, id);
        for (const term of searchTerms(typed)) {
          const [expression = ''] = matchExpressions(term);
          const shown = ['Odile', 'Tilt', stored].some((words) => markTerms(words, [term]).length > 0);
          expect(match.get(`{name title cooperative} : ${expression}`) !== undefined, `${term} in ${stored}`).toBe(
            shown,
          );
        }
      }),
      { numRuns: 150 },
    );
  });

  it('leaves nothing of what was erased in the file', () => {
    const secret = 'Zéphyrinette';
    const start = startOf({ speaker: { firstName: secret, trade: 'souffleuse', cooperativeId: null } });
    library.takes.startTake(start, tokenHash, '2026-01-01T10:00:10.000Z');
    library.takes.closeTake(start.takeId, closingOf());
    library.takes.keepUnconfirmed(start.portraitId, start.takeId);
    library.db
      .prepare("UPDATE portraits SET transcript = ?, notes = 'quintessencielle' WHERE id = ?")
      .run(JSON.stringify({ cues: [{ text: 'crapahutage' }] }), start.portraitId);
    portrait('Odile');
    expect(names('zephyrinette crapahutage')).toEqual([secret]);
    const bytes = () => readFileSync(join(dir, 'library.db')).toString('latin1').toLowerCase();
    library.db.pragma('wal_checkpoint(TRUNCATE)');
    expect(bytes()).toContain('crapahutage');
    library.takes.discard(start.portraitId);
    library.db.pragma('wal_checkpoint(TRUNCATE)');
    // The index keeps words folded and cut where they begin alike.
    for (const trace of ['phyrinette', 'zephyr', 'crapahutage', 'rapahut', 'quintessencielle', 'uintessenc']) {
      expect(bytes(), trace).not.toContain(trace);
    }
    library.db.prepare("INSERT INTO portrait_words (portrait_words) VALUES ('integrity-check')").run();
  });
});

describe('the list', () => {
  it('narrows by every filter, several values widening one, and counts what each would leave', () => {
    const ids = fillMany(library, 200);
    const { portraits } = library;
    const { states, facets } = portraits.facets({});
    expect(Object.values(states).reduce((sum, count) => sum + count, 0)).toBe(ids.length);
    for (const [name, values] of Object.entries(facets)) {
      expect(values.length, name).toBeGreaterThan(name === 'event' || name === 'question' ? 0 : 1);
      for (const { value, count } of values) {
        const { rows } = portraits.list({ filters: { [name]: [value] }, limit: 200 });
        expect(rows.length, `${name} ${value}`).toBe(count);
      }
    }
    const [one, other] = facets.cooperative;
    const both = { cooperative: [one?.value ?? '', other?.value ?? ''], language: ['fr' as const] };
    const narrowed = portraits.facets({ state: 'approved', filters: both, words: 'e' });
    const rows = portraits.list({ state: 'approved', filters: both, words: 'e', limit: 200 }).rows;
    expect(rows.length).toBeGreaterThan(3);
    expect(narrowed.states.approved).toBe(rows.length);
    // A filter's own counts are what choosing another of its values would bring.
    expect(narrowed.facets.language.map(({ value }) => value)).toContain('nl');
    expect(narrowed.facets.cooperative.find(({ value }) => value === one?.value)?.count).toBe(
      rows.filter((row) => (row.speaker.cooperativeId ?? '') === one?.value).length,
    );
    expect(portraits.facets({}).facets.question[0]?.label).toBe('Quel est votre métier ?');
  });

  it.each(sorts)('comes page by page without doubles or gaps, %s first', (sort) => {
    const ids = fillMany(library, 90);
    const seen: ReturnType<typeof found> = [];
    for (let after: ListQuery['after']; ; ) {
      const page = library.portraits.list({ sort, limit: 13, after });
      seen.push(...page.rows);
      expect(page.more).toBe(page.next !== null);
      if (page.next === null) break;
      after = page.next;
    }
    expect(new Set(seen.map((row) => row.id))).toEqual(new Set(ids));
    expect(seen).toHaveLength(ids.length);
    const figures = seen.map((row) =>
      sort === 'longest' || sort === 'shortest'
        ? row.duration
        : sort === 'rating'
          ? row.rating
          : (row.loudness ?? -200),
    );
    const sign = sort === 'shortest' || sort === 'quietest' ? 1 : -1;
    if (['longest', 'shortest', 'loudest', 'quietest', 'rating'].includes(sort)) {
      expect(figures).toEqual([...figures].sort((a, b) => sign * (a - b)));
    }
    if (sort === 'name') {
      const order = seen.map((row) => row.speaker.firstName.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase());
      const named = order.filter((name) => name !== '').map((name) => name.replace('œ', 'oe'));
      expect(named).toEqual([...named].sort());
      expect(order.slice(named.length).every((name) => name === '')).toBe(true);
    }
  });

  it('never walks through all portraits for the usual views', () => {
    const narrow = narrower(readOnly(library.db));
    const plan = (sql: string, values: object) =>
      library.db
        .prepare<object, { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all(values)
        .map(({ detail }) => detail);
    for (const sort of sorts) {
      const narrowing = narrow({ state: 'toReview' });
      const after = { key: 'x', id: 'x' };
      const steps = plan(pageSql({ sort, after }, narrowing), {
        ...narrowing.values,
        afterKey: 'x',
        afterId: 'x',
        limit: 9,
      });
      expect(steps.join('\n'), sort).toMatch(/^SEARCH f USING (COVERING )?INDEX facts_\w+ \(state=\? AND/);
      expect(steps, sort).toEqual([steps[0]]);
    }
    for (const query of [
      {},
      { state: 'approved' as const, words: 'bois' },
      { words: 'bo', filters: { tag: ['bois'] } },
    ]) {
      const narrowing = narrow(query);
      const page = plan(pageSql({}, narrowing), { ...narrowing.values, limit: 9 });
      const counts = plan(facetsSql(narrowing), narrowing.values);
      for (const step of [...page, ...counts]) expect(step).not.toMatch(/SCAN (p|portraits|takes|t|speakers)\b/);
    }
  });

  it('is given a handle that cannot write', () => {
    expect(() => readOnly(library.db).prepare('DELETE FROM portraits')).toThrow('a reader may not write');
  });
});

describe('the step to search', () => {
  const at = migrations.findIndex((step) => step.name === '0005-search');

  it('finds what an older library holds', () => {
    const path = join(dir, 'older.db');
    const old = new Database(path);
    for (const step of migrations.slice(0, at)) {
      old.exec(step.sql);
      step.fill?.(old);
    }
    old.pragma(`user_version = ${at}`);
    const peaks = JSON.stringify({ rate: 10, values: [-10, 10, -127, 127] });
    old.exec(`
      BEGIN;
      INSERT INTO question_sets VALUES ('q', 'q');
      INSERT INTO events (id, name, town, day, theme, languages, limit_seconds, question_set_id, created_at)
        VALUES ('e', 'Rencontre', 'Dunkerque', '2026-04-14', '{}', '[]', 90, 'q', '2026-04-14');
      INSERT INTO speakers VALUES ('s', 'Éloïse', 'fleuriste', NULL), ('r', 'Rita', '', NULL);
      INSERT INTO portraits (id, state, event_id, speaker_id, question_set_id, question_id, language, token_hash,
        created_at, updated_at, take_id, edit) VALUES
        ('p', 'approved', 'e', 's', 'q', 'm', 'fr', '', '2026-04-14T10:00:00Z', '', 't', '{"in":1,"out":9}'),
        ('n', 'recording', 'e', 'r', 'q', 'm', 'fr', '', '2026-04-14T11:00:00Z', '', NULL, NULL);
      INSERT INTO takes (id, portrait_id, state, sample_rate, device, method, started_at, frames, peaks)
        VALUES ('t', 'p', 'recovered', 10, '', 'processor', '', 100, '${peaks}');
      INSERT INTO tags VALUES (7, 'fleurs');
      INSERT INTO portrait_tags VALUES ('p', 7, 1);
      COMMIT;
    `);
    old.close();
    const db = openDatabase(path);
    expect(
      db.prepare("SELECT rowid FROM portrait_words WHERE portrait_words MATCH 'eloise fleur*'").all(),
    ).toHaveLength(1);
    expect(db.prepare("SELECT rowid FROM tag_words WHERE tag_words MATCH 'fleurs'").pluck().all()).toEqual([7]);
    expect(db.prepare('SELECT portrait_id, marks, length FROM portrait_facts').all()).toEqual([
      { portrait_id: 'p', marks: ' recovered  unconfirmed ', length: 8 },
    ]);
    expect(db.prepare('SELECT take_id, length(strip) AS bars FROM take_strips').all()).toEqual([
      { take_id: 't', bars: 120 },
    ]);
    db.close();
  });
});

it('says which of some portraits a list holds, by its own search and filters', () => {
  const [pain, velo] = [portrait('Odile', { title: 'Le pain' }), portrait('Noé', { title: 'Le vélo' })];
  const ids = [pain.id, velo.id, '00000000-0000-7000-8000-000000000000'];
  expect(library.portraits.among({ ids }).sort()).toEqual([pain.id, velo.id].sort());
  expect(library.portraits.among({ ids, words: 'pai' })).toEqual([pain.id]);
  expect(library.portraits.among({ ids, state: 'approved' })).toEqual([]);
  expect(library.portraits.among({ ids: [] })).toEqual([]);
  const all = library.portraits.pick({ words: 'le' }).targets.map((one) => one.id);
  expect(library.portraits.among({ ids: all, words: 'le' }).sort()).toEqual(all.sort());
});
