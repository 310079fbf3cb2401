import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFrameClock } from '../../../../renderer/audio/frame-clock.ts';

test('knows nothing before the first arrival', () => {
  expect(createFrameClock(48_000).frameAt(1000)).toBeUndefined();
});

test('late blocks do not mislead it: it is never ahead, and behind by no more than the shortest delay', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(44_100, 48_000, 96_000),
      fc.integer({ min: 5, max: 30 }),
      fc.infiniteStream(fc.nat({ max: 200 })),
      fc.integer({ min: 200, max: 3000 }),
      (rate, shortest, jitter, blocks) => {
        const clock = createFrameClock(rate);
        const block = rate / 100;
        for (let i = 1; i <= blocks; i++) {
          // At least every fiftieth block comes as fast as the device can.
          const late = i % 50 === 0 ? 0 : (jitter.next().value ?? 0);
          clock.arrived(i * block, i * 10 + shortest + late);
        }
        const now = blocks * 10;
        const frame = clock.frameAt(now) ?? Number.NaN;
        expect(frame).toBeLessThanOrEqual(blocks * block);
        expect(frame).toBeGreaterThanOrEqual(blocks * block - Math.ceil((shortest * rate) / 1000));
      },
    ),
    { numRuns: 50 },
  );
});

test('follows a device whose clock drifts', () => {
  const clock = createFrameClock(48_000);
  // A device that is 0.05 % fast, for ten minutes: 300 ms by its end.
  let frames = 0;
  let ms = 0;
  for (; ms < 600_000; ms += 10) {
    frames += 480 * 1.0005;
    clock.arrived(frames, ms);
  }
  expect(Math.abs((clock.frameAt(ms) ?? 0) - frames) / 48).toBeLessThan(20);
});
