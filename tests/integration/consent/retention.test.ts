import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRetention } from '../../../electron/studio/consent/retention.ts';
import type { Library } from '../../../electron/studio/library/library.ts';
import { dayAfter, localDay } from '../../../shared/domain/day.ts';
import { choicesOf } from '../../fixtures/capture-input.ts';
import { runs } from '../../fixtures/runs.ts';
import { closingOf, seededLibrary, startOf, tempFolder, tokenHash } from '../library/lives.ts';

let dir: string;
let library: Library;
let clock: number;
const now = () => new Date(clock);
const today = () => localDay(now());
/** Portraits of which a file is with somebody. */
const given = new Set<string>();
const left: { id: string; day: string }[] = [];
/** Everybody of whom nothing but the proof of their erasure is left. */
const erased = () =>
  library.db.prepare<[], string>("SELECT portrait_id FROM consent_records WHERE kind = 'erasure'").pluck().all();

beforeEach(() => {
  dir = tempFolder();
  clock = new Date(2026, 0, 5, 10).getTime();
  library = seededLibrary(dir, now);
  library.db.pragma('synchronous = OFF');
  given.clear();
  left.length = 0;
});
afterEach(() => {
  library.close();
  rmSync(dir, { recursive: true });
});

function retention() {
  const handedOver = (id: string) => given.has(id);
  return createRetention({
    store: library.retention,
    handedOver,
    clock: { trusted: () => true, sure: now, likely: now },
    erase({ portraitId, reason, dueOn }) {
      const ports = { handedOver };
      left.push({ id: portraitId, day: today() });
      return library.consent.eraseDue(portraitId, reason, dueOn, ports) !== undefined;
    },
  });
}

function portrait(
  state: 'toReview' | 'approved' | 'published' | 'left',
  allowed: Parameters<typeof choicesOf>[0] = {},
) {
  const start = startOf();
  library.takes.startTake(start, tokenHash, now().toISOString());
  library.takes.closeTake(start.takeId, closingOf());
  const id = start.portraitId;
  if (state === 'left') library.takes.keepUnconfirmed(id, start.takeId);
  else library.takes.keep(id, start.takeId, choicesOf(allowed));
  if (state === 'approved' || state === 'published')
    library.portraits.approve(id, library.portraits.get(id)?.revision ?? -1, 'host');
  if (state === 'published') library.db.prepare("UPDATE portraits SET state = 'published' WHERE id = ?").run(id);
  return id;
}

function daysPass(days: number): void {
  for (let day = 0; day < days; day++) {
    clock += 24 * 60 * 60 * 1000;
    retention().run();
    // However often it looks on one day, it reminds and erases once.
    retention().run();
  }
}

it('over a year exactly the due ones go, each on its day and after its reminder, and the audit lists them', () => {
  const begun = today();
  const until = dayAfter(begun, 200);
  const due = new Map([
    [portrait('left'), dayAfter(begun, 90)],
    [portrait('toReview'), dayAfter(begun, 90)],
    [portrait('approved'), dayAfter(begun, 90)],
    [portrait('published', { until }), dayAfter(until, 1)],
    [portrait('approved', { until, purposes: ['site', 'archive'] }), dayAfter(until, 1)],
    [portrait('toReview', { until: dayAfter(begun, 30) }), dayAfter(begun, 31)],
  ]);
  const handed = portrait('approved', { until });
  given.add(handed);
  due.set(handed, dayAfter(until, 1));
  // The event's own limit, five years on: it stays.
  const stays = portrait('published');
  const announced = new Map<string, string>();
  for (let day = 0; day < 365; day++) {
    for (const { portraitId, dueOn, remindedAt } of retention().coming()) {
      if (remindedAt !== null && !announced.has(portraitId)) announced.set(portraitId, today());
      expect(due.get(portraitId)).toBe(dueOn);
    }
    daysPass(1);
  }
  expect(new Map(left.map(({ id, day }) => [id, day]))).toEqual(due);
  expect(left).toHaveLength(due.size);
  for (const [id, day] of due) expect(announced.get(id), id).toBe(dayAfter(day, -14));
  expect(library.portraits.get(stays)).toMatchObject({ state: 'published' });
  expect(erased().sort()).toEqual([...due.keys()].sort());

  const gone = library.retention.gone(50);
  expect(new Set(gone.map(({ portraitId }) => portraitId))).toEqual(new Set(due.keys()));
  const published = [...due].find(([, day]) => day === dayAfter(until, 1))?.[0] ?? '';
  expect(library.consent.auditOf(published).map(({ action }) => action)).toEqual(
    expect.arrayContaining(['retention-reminded', 'retention-due', 'person-erased', 'erased']),
  );
  expect(library.consent.erasureOf(published)).toBe('expired');
});

it('what was published or allowed for longer meanwhile does not go', () => {
  const id = portrait('approved');
  daysPass(80);
  expect(retention().coming()).toMatchObject([{ portraitId: id, reason: 'unpublished' }]);
  library.db.prepare("UPDATE portraits SET state = 'published' WHERE id = ?").run(id);
  expect(retention().coming()).toEqual([]);
  daysPass(60);
  expect(library.portraits.get(id)).toMatchObject({ state: 'published' });
});

it('nobody stays beyond the date they chose, whatever reminder is still owed', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          until: fc.integer({ min: 60, max: 130 }),
          state: fc.constantFrom('toReview' as const, 'approved' as const),
        }),
        {
          minLength: 1,
          maxLength: 6,
        },
      ),
      // Days on which the booth runs, after so many off.
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 3, maxLength: 12 }),
      (people, offs) => {
        const begun = today();
        const ends = new Map(
          people.map(({ until, state }) => {
            const date = dayAfter(begun, until);
            return [portrait(state, { until: date }), dayAfter(date, 1)];
          }),
        );
        for (const off of offs) {
          clock += off * 24 * 60 * 60 * 1000;
          retention().run();
          const here = new Set(
            retention()
              .coming()
              .map(({ portraitId }) => portraitId),
          );
          for (const [id, end] of ends)
            if (today() >= end) expect(here.has(id), `${end}, today ${today()}`).toBe(false);
        }
        clock += 200 * 24 * 60 * 60 * 1000;
        retention().run();
        expect(erased()).toEqual(expect.arrayContaining([...ends.keys()]));
        for (const id of ends.keys()) {
          const { n } = library.db
            .prepare<[string], { n: number }>(
              "SELECT COUNT(*) AS n FROM audit WHERE action = 'retention-reminded' AND portrait_id = ?",
            )
            .get(id) ?? { n: 0 };
          expect(n).toBeLessThanOrEqual(2);
        }
      },
    ),
    { numRuns: runs(30, 600) },
  );
});

it('a booth that was off reminds first, and waits; but not past the person’s own date', () => {
  const late = portrait('toReview');
  const over = portrait('published', { until: dayAfter(today(), 100) });
  clock += 200 * 24 * 60 * 60 * 1000;
  expect(library.consent.mayUse(over, 'site')).toEqual({ allowed: false, why: 'expired' });
  const { reminded, gone } = retention().run();
  expect(reminded.map(({ portraitId }) => portraitId).sort()).toEqual([late, over].sort());
  expect(gone.map(({ portraitId }) => portraitId)).toEqual([over]);
  expect(erased()).toEqual([over]);
  daysPass(13);
  expect(left.map(({ id }) => id)).toEqual([over]);
  daysPass(1);
  expect(left.map(({ id }) => id)).toEqual([over, late]);
});
