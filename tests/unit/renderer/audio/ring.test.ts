import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRing } from '../../../../renderer/audio/ring.ts';
import { createSampleStore } from '../../../../renderer/audio/sample-store.ts';

/** Blocks of any size whose samples count upwards, so that every frame is told by its value. */
function counting(lengths: number[]): Float32Array[] {
  let next = 0;
  return lengths.map((length) => Float32Array.from({ length }, () => next++));
}

test('the ring gives back the newest frames, by their number, however they came in', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 20 }),
      fc.nat({ max: 1500 }),
      (capacity, lengths, from) => {
        const ring = createRing(capacity);
        for (const block of counting(lengths)) ring.push(block);
        const total = lengths.reduce((a, b) => a + b, 0);
        expect(ring.written).toBe(total);
        expect(ring.oldest).toBe(Math.max(0, total - capacity));
        const first = Math.min(total, Math.max(from, ring.oldest));
        expect([...ring.since(from)]).toEqual(Array.from({ length: total - first }, (_, i) => first + i));
      },
    ),
  );
});

test('the store of a take gives back any stretch of it, across its segments', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(1, 441, 4800, 65_535, 65_536, 65_537, 140_000), { minLength: 1, maxLength: 5 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (lengths, a, b) => {
        const store = createSampleStore();
        for (const block of counting(lengths)) store.append(block);
        const total = lengths.reduce((sum, length) => sum + length, 0);
        const from = Math.floor(Math.min(a, b) * total);
        const to = Math.floor(Math.max(a, b) * total);
        expect(store.length).toBe(total);
        const slice = store.slice(from, to);
        expect(slice.length).toBe(to - from);
        expect(slice.every((value, i) => value === from + i)).toBe(true);
      },
    ),
    { numRuns: 30 },
  );
});
