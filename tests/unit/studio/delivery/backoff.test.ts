import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultBackoff, waitAfter } from '../../../../electron/studio/delivery/backoff.ts';

test('15 s, doubling, up to 15 min', () => {
  const waits = Array.from({ length: 9 }, (_, index) => waitAfter(index + 1, 0.5) / 1000);
  expect(waits).toEqual([15, 30, 60, 120, 240, 480, 900, 900, 900]);
});

test('the spread is 20 % either way, and never more', () => {
  expect(waitAfter(1, 0)).toBe(12_000);
  expect(waitAfter(1, 1)).toBe(18_000);
  const random = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), random, (failures, value) => {
      const wait = waitAfter(failures, value);
      expect(wait).toBeGreaterThanOrEqual(12_000);
      expect(wait).toBeLessThanOrEqual(defaultBackoff.longestMs * 1.2);
      expect(Number.isInteger(wait)).toBe(true);
    }),
  );
});
