import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Library } from '../../../electron/studio/library/library.ts';
import { bulkActions } from '../../../shared/domain/inbox.ts';
import { fillMany } from '../../fixtures/many-portraits.ts';
import { seededLibrary, tempFolder } from './lives.ts';

let dir: string;
let library: Library;
let ids: string[];
beforeAll(() => {
  dir = tempFolder();
  library = seededLibrary(dir);
  ids = fillMany(library, 40);
});
afterAll(() => {
  library.close();
  rmSync(dir, { recursive: true });
});

const target = (id: string) => ({ id, revision: library.portraits.get(id)?.revision ?? -1 });
const idsIn = (state: 'toReview' | 'approved' | 'rejected') =>
  library.portraits.list({ state, limit: 200 }).rows.map((row) => row.id);
/** Every row an act may touch, without what counts changes. */
function everything() {
  const { db } = library;
  return {
    portraits: db
      .prepare<[], Record<string, unknown>>('SELECT * FROM portraits ORDER BY id')
      .all()
      .map(({ revision: _, updated_at: __, ...row }) => row),
    tags: db.prepare('SELECT * FROM tags ORDER BY id').all(),
    worn: db.prepare('SELECT * FROM portrait_tags ORDER BY portrait_id, tag_id').all(),
    facts: db.prepare('SELECT * FROM portrait_facts ORDER BY n').all(),
    words: db.prepare('SELECT rowid, * FROM portrait_words ORDER BY rowid').all(),
  };
}
const outcomes = (settled: { outcome: string }[]) => settled.map(({ outcome }) => outcome);

describe('an act on many portraits', () => {
  it('undone, leaves every row as it was', () => {
    const action = fc.constantFrom(...bulkActions);
    const tags = fc.uniqueArray(fc.constantFrom('bois', 'BOIS', 'équipe', 'neuf', 'Neuf', 'été'), { minLength: 1 });
    const chosen = fc.uniqueArray(fc.nat(ids.length - 1), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(action, tags, chosen, (what, names, places) => {
        const before = everything();
        const targets = places.map((place) => target(ids[place] ?? ''));
        const done = library.acts.bulk({ targets, action: what, tags: names }, { role: 'host', staffId: 'ana' });
        expect(done.outcomes.map(({ id }) => id)).toEqual(targets.map(({ id }) => id));
        const changed = done.outcomes.filter(({ outcome }) => outcome === 'done');
        expect(done.act === null).toBe(changed.length === 0);
        if (done.act === null) {
          expect(everything()).toEqual(before);
          return;
        }
        expect(everything()).not.toEqual(before);
        const undone = library.acts.undo(done.act, 'host');
        if (typeof undone === 'string') throw new Error(undone);
        expect(new Set(outcomes(undone))).toEqual(new Set(['done']));
        expect(undone).toHaveLength(changed.length);
        expect(everything()).toEqual(before);
        expect(library.acts.undo(done.act, 'host')).toBe('undone');
      }),
      { numRuns: 60 },
    );
  });

  it('tells who changed meanwhile, who cannot, and who needs a host’s word; the others are done', () => {
    const [first = '', second = '', third = '', unconfirmed = ''] = idsIn('toReview');
    const [rejected = ''] = idsIn('rejected');
    library.db.prepare('UPDATE portraits SET confirmed = (id <> ?)').run(unconfirmed);
    const targets = [first, second, third, unconfirmed, rejected].map(target);
    library.words.save(second, target(second).revision, { title: 'Autre', text: '', tags: [] }, 'organiser');
    targets.push({ id: '0192a1b2-0000-7000-8000-000000000001', revision: 0 });
    const done = library.acts.bulk({ targets, action: 'approve', tags: [] }, 'host');
    expect(outcomes(done.outcomes)).toEqual(['done', 'stale', 'done', 'needsConsent', 'wrongState', 'gone']);
    expect(done.outcomes[1]).toMatchObject({ revision: target(second).revision, state: 'toReview' });
    const told = library.db
      .prepare<[string], string>(
        "SELECT detail FROM audit WHERE portrait_id = ? AND action = 'approved' ORDER BY id DESC LIMIT 1",
      )
      .pluck()
      .get(first);
    expect(JSON.parse(told ?? '{}')).toEqual({ act: done.act });

    // Somebody goes on with one of them; undoing leaves it alone and says so.
    library.portraits.moveTo(third, target(third).revision, 'rejected', 'organiser');
    const undone = library.acts.undo(done.act ?? '', 'host');
    if (typeof undone === 'string') throw new Error(undone);
    expect(Object.fromEntries(undone.map(({ id, outcome }) => [id, outcome]))).toEqual({
      [first]: 'done',
      [third]: 'stale',
    });
    expect(library.portraits.get(first)?.state).toBe('toReview');
    expect(library.portraits.get(third)?.state).toBe('rejected');
    expect(library.acts.undo('0192a1b2-0000-7000-8000-000000000001', 'host')).toBe('unknown');
  });

  it('forgets what it found of a portrait that is erased', () => {
    const [id = ''] = idsIn('approved');
    const done = library.acts.bulk({ targets: [target(id)], action: 'addTags', tags: ['secret'] }, 'host');
    library.db.prepare("UPDATE portraits SET state = 'erased' WHERE id = ?").run(id);
    expect(library.db.prepare('SELECT count(*) FROM act_items WHERE portrait_id = ?').pluck().get(id)).toBe(0);
    expect(library.acts.undo(done.act ?? '', 'host')).toEqual([]);
  });

  it('does not put on more tags than a portrait may wear', () => {
    const [id = ''] = idsIn('approved');
    const tags = Array.from({ length: 20 }, (_, index) => `t${index}`);
    const bulk = { targets: [target(id)], action: 'addTags' as const, tags };
    const worn = library.portraits.get(id)?.tags.length ?? 0;
    const { outcomes: settled } = library.acts.bulk(bulk, 'host');
    expect(outcomes(settled)).toEqual([worn === 0 ? 'done' : 'tooManyTags']);
  });
});
