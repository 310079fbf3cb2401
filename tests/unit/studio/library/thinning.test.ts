import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Copy } from '../../../../electron/studio/library/copies/names.ts';
import { toDrop } from '../../../../electron/studio/library/copies/thinning.ts';
import { runs } from '../../../fixtures/runs.ts';

const hour = 3600_000;
const day = 24 * hour;
const begin = Date.UTC(2026, 2, 2);
const copy = (number: number, at: number): Copy => ({ path: `${number}`, number, at: new Date(at).toISOString() });

/** A life of copies: each is made, then the older ones are thinned out. Answers those that stand, newest first. */
function life(times: readonly number[], trusted: (turn: number) => boolean = () => true): Copy[] {
  let copies: Copy[] = [];
  for (const [turn, at] of times.entries()) {
    copies = [copy(turn + 1, at), ...copies];
    const gone = toDrop(copies, trusted(turn) ? at : undefined);
    copies = copies.filter((one) => !gone.includes(one));
  }
  return copies;
}
const ages = (copies: Copy[], now: number) => copies.map(({ at }) => now - Date.parse(at));

describe('thinning out copies', () => {
  it('leaves some of every hour, day and week after ten weeks of hourly copies', () => {
    const times = Array.from({ length: 24 * 70 }, (_, index) => begin + index * hour);
    const now = times.at(-1) ?? 0;
    const kept = ages(life(times), now);
    expect(kept.filter((age) => age < 12 * hour)).toHaveLength(12);
    for (let back = 1; back <= 7; back++) {
      expect(kept.some((age) => age > (back - 1) * day && age <= (back + 1) * day)).toBe(true);
    }
    for (let back = 1; back <= 7; back++) {
      expect(kept.some((age) => age > (back - 1) * 7 * day && age <= (back + 1) * 7 * day)).toBe(true);
    }
    expect(kept.length).toBeLessThan(32);
  });

  it('drops nothing for its age while the clock is not trusted, and makes room in a full house alone', () => {
    const times = Array.from({ length: 50 }, (_, index) => begin + index * 7 * day);
    expect(life(times, () => false)).toHaveLength(50);
    expect(life([...times, ...times], () => false)).toHaveLength(60);
  });

  it('always leaves the newest three, and no clock that jumps empties the house', () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.constant(hour) },
      fc.integer({ min: -40 * 365 * 24, max: 75 * 365 * 24 }).map((hours) => hours * hour),
    );
    fc.assert(
      fc.property(fc.array(step, { minLength: 4, maxLength: 120 }), (steps) => {
        let at = begin;
        const times = steps.map((by) => (at = Math.max(0, Math.min(at + by, Date.UTC(2099, 0)))));
        const kept = life(times);
        expect(kept.slice(0, 3).map(({ number }) => number)).toEqual([0, 1, 2].map((back) => times.length - back));
        expect(kept.length).toBeLessThan(40);
      }),
      { numRuns: runs(100, 2000) },
    );
  });

  it('a clock that was in 2099 for a day costs none of the days before', () => {
    const good = Array.from({ length: 8 * 24 }, (_, index) => begin + index * hour);
    const wrong = Array.from({ length: 24 }, (_, index) => Date.UTC(2099, 0) + index * hour);
    const after = Array.from({ length: 3 }, (_, index) => (good.at(-1) ?? 0) + (25 + index) * hour);
    const kept = life([...good, ...wrong, ...after], (turn) => turn < good.length || turn >= good.length + 24);
    const days = new Set(kept.map(({ at }) => at.slice(0, 10)).filter((of) => of < '2099'));
    expect(days.size).toBeGreaterThanOrEqual(8);
  });
});
