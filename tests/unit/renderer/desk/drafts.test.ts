import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDrafts, type Drafts } from '../../../../renderer/desk/drafts/drafts.ts';
import type { SaveDraft } from '../../../../renderer/desk/drafts/keeper.ts';
import { kindOf, readAgain, writtenDown } from '../../../../renderer/desk/drafts/kinds.ts';
import {
  clashing,
  type FormDraft,
  giveFields,
  overTheirs,
  shownFields,
  writeFields,
} from '../../../../renderer/desk/drafts/three-way.ts';
import type { StoredDraft } from '../../../../shared/contract/drafts.ts';
import { newId } from '../../../../shared/domain/ids.ts';
import { runs } from '../../../fixtures/runs.ts';

class Silence extends Error {}
class Over extends Error {}

/** The studio's side as the library keeps it (tests/integration/library/drafts.test.ts), behind a line that is slow or dead. */
function createStudio() {
  const rows = new Map<string, StoredDraft & { member: string; seq: number; turn: number }>();
  const line = { signedIn: '', dead: false, delayMs: 20, seq: 0 };
  /** Goes there and back; a dead line may die after the studio has heard. */
  async function cross<Answer>(as: string, act: () => Answer, heardAnyway = false): Promise<Answer> {
    await new Promise((resolve) => setTimeout(resolve, line.delayMs / 2));
    if (line.dead) {
      if (heardAnyway) act();
      throw new Silence();
    }
    if (as === '' || line.signedIn !== as) throw new Over();
    const answer = act();
    await new Promise((resolve) => setTimeout(resolve, line.delayMs / 2));
    if (line.dead) throw new Silence();
    return answer;
  }
  const save = (member: string, draft: SaveDraft) => {
    for (const id of draft.replaces) if (rows.get(id)?.member === member) rows.delete(id);
    const known = rows.get(draft.id);
    if (known !== undefined && (known.member !== member || known.turn >= draft.turn)) return;
    const { id, name, subjects, value, turn } = draft;
    rows.set(id, { id, name, subjects, value, turn, member, seq: ++line.seq, changedAt: '2026-11-27T10:00:00.000Z' });
  };
  return {
    line,
    save,
    of: (member: string) => [...rows.values()].filter((row) => row.member === member).sort((a, b) => a.seq - b.seq),
    page(): Drafts {
      // The token a page holds is that of whoever was signed in when it was asked.
      const as = () => line.signedIn;
      return createDrafts({
        calls: {
          list: () => {
            const member = as();
            return cross(member, () =>
              [...rows.values()].filter((row) => row.member === member).sort((a, b) => a.seq - b.seq),
            );
          },
          save: (draft) => {
            const member = as();
            return cross(member, () => save(member, draft));
          },
          drop: (ids) => {
            const member = as();
            return cross(member, () => {
              for (const id of ids) if (rows.get(id)?.member === member) rows.delete(id);
            });
          },
        },
        failure: (error) => (error instanceof Silence ? 'silence' : error instanceof Over ? 'over' : 'fault'),
        retryMs: 500,
      });
    },
  };
}

const names = ['words-00000000-0000-7000-8000-000000000001', 'new-batch', 'settings-event'] as const;
beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

async function signIn(studio: ReturnType<typeof createStudio>, page: Drafts, member: string): Promise<void> {
  page.pause();
  studio.line.signedIn = member;
  void page.begin(member);
  await pass(studio.line.delayMs * 2);
}

describe('drafts', () => {
  it('come back to who wrote them, on any page, and are marked as found until decided', async () => {
    const studio = createStudio();
    const page = studio.page();
    await signIn(studio, page, 'odile');
    page.set(names[0], { mine: { title: 'La gui' } });
    page.set(names[0], { mine: { title: 'La guinguette' } });
    await pass(300);
    expect(studio.of('odile')).toHaveLength(1);
    const next = studio.page();
    await signIn(studio, next, 'samir');
    expect(next.get(names[0])).toBeUndefined();
    await signIn(studio, next, 'odile');
    expect(next.get(names[0])).toEqual({ mine: { title: 'La guinguette' } });
    expect(next.found(names[0])).toBeDefined();
    next.keep(names[0]);
    expect(next.found(names[0])).toBeUndefined();
    next.set(names[0], { mine: { title: 'La guinguette du quai' } });
    await pass(300);
    // It goes on from the row it found; the first page's next letter is a version beside it.
    expect(studio.of('odile').map(({ value }) => value)).toEqual(['{"mine":{"title":"La guinguette du quai"}}']);
    next.drop(names[0]);
    await pass(300);
    expect(studio.of('odile')).toEqual([]);
  });

  it('of two desks of one member stand beside each other', async () => {
    const studio = createStudio();
    const [one, other] = [studio.page(), studio.page()];
    await signIn(studio, one, 'odile');
    await signIn(studio, other, 'odile');
    one.set(names[1], { name: 'Lot du matin' });
    other.set(names[1], { name: 'Lot du soir' });
    await pass(500);
    const third = studio.page();
    await signIn(studio, third, 'odile');
    const values = [JSON.stringify(third.get(names[1])), ...third.others().map(({ value }) => value)].sort();
    expect(values).toEqual(['{"name":"Lot du matin"}', '{"name":"Lot du soir"}']);
  });

  it('are at risk while the studio is silent, and not once it has heard', async () => {
    const studio = createStudio();
    const page = studio.page();
    await signIn(studio, page, 'odile');
    studio.line.dead = true;
    page.set(names[1], { name: 'Lot' });
    await pass(400);
    expect(page.atRisk()).toBe(true);
    expect(await page.flush(100)).toBe(false);
    studio.line.dead = false;
    await pass(2000);
    expect(page.atRisk()).toBe(false);
    expect(studio.of('odile')).toHaveLength(1);
  });

  it('are as little as 60 ms and one way old when they leave the page, and never out of order', async () => {
    const studio = createStudio();
    const page = studio.page();
    await signIn(studio, page, 'odile');
    const word = 'anticonstitutionnellement';
    for (let length = 1; length <= word.length; length++) {
      page.set(names[1], { name: word.slice(0, length) });
      await pass(70);
      const kept = JSON.parse(studio.of('odile')[0]?.value ?? '{}') as { name?: string };
      expect(kept.name?.length ?? 0).toBeGreaterThanOrEqual(length - 2);
    }
    // Going: the last letters are sent without waiting for their turn, and arrive though older ones are under way.
    page.set(names[1], { name: `${word}!` });
    page.leave();
    page.pause();
    await pass(100);
    expect(studio.of('odile').map(({ value }) => value)).toEqual([`{"name":"${word}!"}`]);
  });

  type Step =
    | { do: 'write'; name: number; text: number }
    | { do: 'drop'; name: number }
    | { do: 'keep'; name: number }
    | { do: 'wait'; ms: number }
    | { do: 'line'; dead: boolean; delayMs: number }
    | { do: 'lock' | 'kill' | 'settle' }
    | { do: 'signIn'; who: number };
  const name = fc.nat(names.length - 1);
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 8, arbitrary: fc.record({ do: fc.constant('write' as const), name, text: fc.nat(999) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('drop' as const, 'keep' as const), name }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 400 }) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('line' as const),
        dead: fc.boolean(),
        delayMs: fc.integer({ min: 1, max: 300 }),
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('lock' as const, 'kill' as const, 'settle' as const) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('signIn' as const), who: fc.nat(2) }) },
  );

  it('lose nothing the studio heard, and show nothing to another member, over walks of kills, locks and dead lines', async () => {
    const members = ['odile', 'samir', 'nadia'];
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const studio = createStudio();
        let page = studio.page();
        let who = '';
        // What each member wrote last, and what of it the studio is known to have.
        const wrote = new Map<string, string>();
        const safe = new Map<string, string>();
        const shown = () => {
          if (page.member() === '') return;
          expect(page.member()).toBe(who);
          for (const one of names) {
            const value = page.get(one) as { by: string } | undefined;
            if (value !== undefined) expect(value.by, 'whose words are shown').toBe(who);
          }
          for (const { value } of page.others()) expect(JSON.parse(value)).toMatchObject({ by: who });
        };
        for (const one of steps) {
          const key = (at: number) => `${who} ${names[at]}`;
          switch (one.do) {
            case 'write':
              // A desk that is locked, or not open yet, takes no words.
              if (page.member() !== who || who === '' || studio.line.signedIn !== who) break;
              page.set(names[one.name] ?? '', { by: who, text: one.text });
              wrote.set(key(one.name), JSON.stringify({ by: who, text: one.text }));
              safe.delete(key(one.name));
              break;
            case 'drop':
              if (page.member() !== who || who === '' || studio.line.signedIn !== who) break;
              page.drop(names[one.name] ?? '');
              wrote.delete(key(one.name));
              safe.delete(key(one.name));
              break;
            case 'keep':
              page.keep(names[one.name] ?? '');
              break;
            case 'wait':
              await pass(one.ms);
              break;
            case 'line':
              studio.line.dead = one.dead;
              studio.line.delayMs = one.delayMs;
              break;
            case 'settle':
              studio.line.dead = false;
              await pass(5000);
              if (studio.line.signedIn !== who || page.member() !== who) break;
              for (const [at, value] of wrote) if (at.startsWith(`${who} `)) safe.set(at, value);
              break;
            case 'lock':
              page.pause();
              studio.line.signedIn = '';
              break;
            case 'kill':
              page.pause();
              page = studio.page();
              // What only the page knew went with it.
              wrote.clear();
              for (const [at, value] of safe) wrote.set(at, value);
              who = '';
              studio.line.signedIn = '';
              break;
            case 'signIn': {
              who = members[one.who] ?? '';
              page.pause();
              studio.line.signedIn = who;
              void page.begin(who);
              break;
            }
          }
          shown();
        }
        // In the end everybody comes back: to the page they left first, for what a dead line kept there.
        studio.line.dead = false;
        const there = (from: Map<string, string>, member: string) => {
          for (const [at, value] of from) {
            if (!at.startsWith(`${member} `)) continue;
            const held = page.get(at.slice(member.length + 1));
            const versions = [JSON.stringify(held), ...page.others().map((row) => row.value)];
            expect(versions, at).toContain(value);
          }
        };
        for (const member of members) {
          who = member;
          await signIn(studio, page, member);
          await pass(2000);
          shown();
          there(wrote, member);
        }
        // Then on a new one.
        page.pause();
        await pass(5000);
        const last = studio.page();
        for (const member of members) {
          who = member;
          await signIn(studio, last, member);
          await pass(2000);
          page = last;
          shown();
          there(safe, member);
        }
      }),
      { numRuns: runs(120, 4000) },
    );
  });
});

describe('what is written down', () => {
  it('holds no password and no PIN, whatever a form holds', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).map((text) => `§${text}§`),
        fc.string(),
        (secret, plain) => {
          const destination = writtenDown('destination-new', {
            base: { name: plain, password: '' },
            mine: { name: plain, password: secret },
          });
          expect(destination?.value).not.toContain(JSON.stringify(secret).slice(1, -1));
          expect(writtenDown('member-new', { name: plain, pin: secret })?.value).not.toContain('§');
        },
      ),
    );
  });
  it('names the portraits it is about, and leaves out what is not a draft', () => {
    const id = newId();
    expect(writtenDown(`words-${id}`, {})?.subjects).toEqual([id]);
    expect(writtenDown('bulk-tags', { tags: [], portraitIds: [id] })?.subjects).toEqual([id]);
    expect(writtenDown(`batch-${id}`, {})?.subjects).toEqual([]);
    for (const none of ['search-toReview', `edit-${id}`, '', 'code', `withdraw-${id}`]) {
      expect(kindOf(none), none).toBeUndefined();
      expect(writtenDown(none, 'x')).toBeUndefined();
    }
    expect(kindOf('settings-ticket-printer')).toEqual({ kind: 'settings-ticket-printer', thing: null });
    expect(kindOf('tag-12')).toEqual({ kind: 'tag', thing: '12' });
  });
  it('is read again as it was; a passage gets a key of this page', () => {
    const id = newId();
    const row = { key: 7, start: 0, end: 1, text: 'Bonjour' };
    const draft = { base: null, rows: [row, row], origin: 'typed', checked: false };
    const again = readAgain(`transcript-${id}`, JSON.stringify(draft)) as typeof draft;
    expect(again.rows.map(({ text }) => text)).toEqual(['Bonjour', 'Bonjour']);
    expect(new Set(again.rows.map(({ key }) => key)).size).toBe(2);
    expect(readAgain(`words-${id}`, '{')).toBeUndefined();
    expect(readAgain(`transcript-${id}`, '"x"')).toBeUndefined();
  });
});

describe('a form that two hosts change', () => {
  type Fields = { name: string; town: string; day: string };
  const value = fc.constantFrom('a', 'b', 'c');
  const fields: fc.Arbitrary<Fields> = fc.record({ name: value, town: value, day: value });
  const keys = ['name', 'town', 'day'] as const;

  it('keeps each one’s own fields, and calls a clash what both changed and nothing else', () => {
    fc.assert(
      fc.property(fields, fields, fields, (base, mine, theirs) => {
        const draft: FormDraft<Fields> | undefined = writeFields(undefined, base, mine);
        const shown = shownFields(draft, theirs);
        const both = keys.filter(
          (key) => mine[key] !== base[key] && theirs[key] !== base[key] && mine[key] !== theirs[key],
        );
        expect(clashing(draft, theirs)).toEqual(both);
        for (const key of keys) expect(shown[key]).toBe(mine[key] === base[key] ? theirs[key] : mine[key]);
        if (draft === undefined) return;
        expect(shownFields(overTheirs(draft, theirs), theirs)).toEqual(shown);
        expect(clashing(overTheirs(draft, theirs), theirs)).toEqual([]);
        const given = shownFields(giveFields(draft, theirs), theirs);
        for (const key of keys) expect(given[key]).toBe(both.includes(key) ? theirs[key] : shown[key]);
        expect(clashing(giveFields(draft, theirs), theirs)).toEqual([]);
      }),
    );
  });
  it('remembers what it began from while it goes on being written', () => {
    const base = { name: 'a', town: 'a', day: 'a' };
    const first = writeFields(undefined, base, { ...base, name: 'b' });
    const stored = { ...base, name: 'c', town: 'c' };
    const second = writeFields(first, stored, { ...shownFields(first, stored), day: 'b' });
    expect(clashing(second, stored)).toEqual(['name']);
    expect(shownFields(second, stored)).toEqual({ name: 'b', town: 'c', day: 'b' });
    expect(writeFields(second, stored, stored)).toBeUndefined();
  });
});
