import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Library } from '../../../electron/studio/library/library.ts';
import { createApi } from '../../../renderer/api.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { openBooth } from '../../fixtures/booth.ts';
import { filesWith } from '../../fixtures/bytes.ts';
import { recordPortrait } from '../../fixtures/recorded.ts';
import { runs } from '../../fixtures/runs.ts';
import { keptPortrait, seededLibrary, tempFolder } from './lives.ts';

let dir: string;
let library: Library;
const members = ['m-odile', 'm-samir'];
function opened(): Library {
  const next = seededLibrary(dir);
  for (const id of members) {
    if (next.staff.members().some((member) => member.id === id)) continue;
    const pin = { salt: 's', hash: id, parameters: '{}' };
    next.staff.add({ id, name: id, role: 'organiser', ...pin }, { role: 'organiser', staffId: id });
  }
  return next;
}
beforeEach(() => {
  dir = tempFolder();
  library = opened();
});
afterEach(() => {
  library.close();
  rmSync(dir, { recursive: true });
});

let turns = 0;
const draft = (staffId: string, name: string, value: unknown, subjects: string[] = [], id = newId()) => ({
  staffId,
  id,
  name,
  subjects,
  value: JSON.stringify(value),
  turn: ++turns,
  replaces: [] as string[],
});
const withdrawn = { handedOver: () => false };
const withdraw = (id: string) => library.consent.withdraw(id, 'all', { actor: 'visitor', name: null }, withdrawn);

describe('what members are writing', () => {
  it('is read by nobody else and written over by nobody else, an id of theirs given or not', () => {
    const mine = draft('m-odile', 'words-x', { title: 'La guinguette' });
    expect(library.drafts.save(mine)).toBe('saved');
    expect(library.drafts.save({ ...mine, staffId: 'm-samir', value: '"autre"', turn: 1000 })).toBe('saved');
    library.drafts.drop('m-samir', [mine.id]);
    expect(library.drafts.save({ ...draft('m-samir', 'words-x', 1), replaces: [mine.id] })).toBe('saved');
    expect(library.drafts.list('m-odile').map(({ value }) => value)).toEqual([mine.value]);
    expect(library.drafts.list('m-samir').map(({ value }) => value)).toEqual(['1']);
  });

  it.each([
    [{ password: 'abcd efgh' }],
    [{ fields: { PIN: '2304' } }],
    [{ a: [{ token: 'x' }] }],
    [{ motDePasse: 'x' }],
  ])('is refused with a secret in it: %j', (value) => {
    expect(library.drafts.save(draft('m-odile', 'destination-new', value))).toBe('BAD_DRAFT');
    expect(library.drafts.list('m-odile')).toEqual([]);
  });

  it('keeps the later of two writes of one row that cross on the line', () => {
    const later = draft('m-odile', 'words-x', 'guinguette');
    library.drafts.save({ ...later, turn: 8 });
    expect(library.drafts.save({ ...later, value: '"guinguet"', turn: 7 })).toBe('saved');
    expect(library.drafts.list('m-odile')[0]?.value).toBe('"guinguette"');
  });

  it('has a bound, and what is no JSON is refused', () => {
    for (let count = 0; count < 400; count++) library.drafts.save(draft('m-odile', `words-${count}`, count));
    expect(library.drafts.save(draft('m-odile', 'words-more', 1))).toBe('FULL');
    expect(library.drafts.save(draft('m-samir', 'words-more', 1))).toBe('saved');
    expect(library.drafts.save({ ...draft('m-samir', 'x', 1), value: '{' })).toBe('BAD_DRAFT');
  });

  it('is not written down again once its person took everything back', () => {
    const { id } = keptPortrait(library);
    const other = keptPortrait(library);
    library.drafts.save(draft('m-odile', `words-${id}`, { notes: 'Prunelle' }, [id]));
    library.drafts.save(draft('m-samir', 'bulk-tags', ['Zéphyrine'], [other.id, id]));
    library.drafts.save(draft('m-samir', `words-${other.id}`, { notes: 'reste' }, [other.id]));
    expect(library.drafts.textsAbout(id)).toEqual(['Prunelle', 'Zéphyrine']);
    expect(withdraw(id).ok).toBe(true);
    expect(library.drafts.list('m-odile')).toEqual([]);
    expect(library.drafts.list('m-samir').map(({ name }) => name)).toEqual([`words-${other.id}`]);
    expect(library.drafts.save(draft('m-odile', `words-${id}`, 1, [id]))).toBe('GONE');
    expect(library.drafts.save(draft('m-odile', `words-${newId()}`, 1, [newId()]))).toBe('GONE');
  });

  it('of a person’s choices does not outlive what they take back in part', () => {
    const { id } = keptPortrait(library, {}, { purposes: ['site', 'social'] });
    library.drafts.save(draft('m-odile', `record-${id}`, { chosen: ['site', 'social'] }, [id]));
    library.drafts.save(draft('m-odile', `words-${id}`, { title: 'x' }, [id]));
    const part = library.consent.withdraw(id, ['social'], { actor: 'visitor', name: null }, withdrawn);
    expect(part.ok).toBe(true);
    expect(library.drafts.list('m-odile').map(({ name }) => name)).toEqual([`words-${id}`]);
  });

  it('that came back with a copy goes at the start where its person is erased', () => {
    const { id } = keptPortrait(library);
    expect(withdraw(id).ok).toBe(true);
    library.db
      .prepare('INSERT INTO drafts VALUES (?, ?, ?, ?, ?, 1, ?, ?)')
      .run(newId(), 'm-odile', `words-${id}`, JSON.stringify([id]), '"x"', 1, '2026-01-01T00:00:00.000Z');
    library.close();
    library = opened();
    expect(library.drafts.list('m-odile')).toEqual([]);
  });

  it('survives as the last write of each name, whatever order saves, drops, restarts and clocks come in', () => {
    type Step =
      | { do: 'save'; who: number; name: number; value: number }
      | { do: 'drop'; who: number; name: number }
      | { do: 'restart' };
    const at = { who: fc.nat(1), name: fc.nat(2) };
    const step: fc.Arbitrary<Step> = fc.oneof(
      { weight: 6, arbitrary: fc.record({ do: fc.constant('save' as const), ...at, value: fc.nat() }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('drop' as const), ...at }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        library.db.prepare('DELETE FROM drafts').run();
        const model = new Map<string, { id: string; value: string }>();
        for (const one of steps) {
          if (one.do === 'restart') {
            library.close();
            library = opened();
            continue;
          }
          const key = `${one.who} ${one.name}`;
          const staffId = members[one.who] ?? '';
          const before = model.get(key);
          if (one.do === 'drop') {
            library.drafts.drop(staffId, before === undefined ? [] : [before.id]);
            model.delete(key);
          } else {
            // Every other write is another page's: it goes on from the row it found.
            const id = one.value % 2 === 0 ? (before?.id ?? newId()) : newId();
            const value = String(one.value);
            const replaces = before === undefined ? [] : [before.id];
            library.drafts.save({ staffId, id, name: `n${one.name}`, subjects: [], value, turn: ++turns, replaces });
            model.set(key, { id, value });
          }
        }
        const stored = members.flatMap((staffId, who) =>
          library.drafts.list(staffId).map(({ name, value }) => `${who} ${name.slice(1)} ${value}`),
        );
        expect(stored.sort()).toEqual([...model].map(([key, { value }]) => `${key} ${value}`).sort());
      }),
      { numRuns: runs(25, 1500) },
    );
  });
});

it('leaves no byte anywhere once the person withdraws, and stands in their dossier before', async () => {
  const booth = await openBooth();
  try {
    await booth.signIn();
    const api = createApi({
      base: booth.origin,
      session: () => booth.staffHeaders.authorization?.slice('Bearer '.length),
      fetch: (request, init) => booth.door(new Request(request, init)),
    });
    const { library: kept, consent } = booth.studio;
    const recorded = await recordPortrait(booth, 'Odile');
    const told = await booth.studio.capture.keep(recorded);
    if (!told.ok) throw new Error(told.code);
    const { code } = told;
    const id = recorded.portraitId;
    const subjects = [id];
    const typed = ['Mirabelle', 'Mirabelle-Quetsche', 'Mirabelle-Quetsche-Damson'];
    const draftId = newId();
    for (const title of typed) {
      await api.drafts.save({
        id: draftId,
        name: `words-${id}`,
        subjects,
        value: JSON.stringify({ mine: { title } }),
        turn: ++turns,
        replaces: [],
      });
    }
    expect(await api.drafts.list({})).toMatchObject([{ id: draftId, subjects, name: `words-${id}` }]);
    await kept.backUp();
    expect(filesWith(booth.dir, Buffer.from('Quetsche')).length).toBeGreaterThan(1);
    const pages: string[] = [];
    for await (const page of consent.papers.dossier(id) ?? []) pages.push(page);
    expect(pages.join('')).toContain('Mirabelle-Quetsche-Damson');
    expect(await consent.withdrawByCode(code, 'all')).toMatchObject({ ok: true });
    expect(filesWith(booth.dir, Buffer.from('Quetsche'))).toEqual([]);
    expect(await api.drafts.list({})).toEqual([]);
  } finally {
    await booth.close();
    rmSync(booth.dir, { recursive: true });
  }
});
