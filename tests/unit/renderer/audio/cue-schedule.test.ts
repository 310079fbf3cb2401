import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planCues } from '../../../../renderer/audio/cue-schedule.ts';
import { preRollSeconds } from '../../../../renderer/audio/timing.ts';

test('every cue is over, in the room, before the kept pre-roll begins, and none runs into another', () => {
  const length = fc.option(fc.double({ min: 0.01, max: 2, noNaN: true }), { nil: undefined });
  fc.assert(
    fc.property(length, length, fc.double({ min: 0, max: 0.3, noNaN: true }), (countdown, start, latency) => {
      const lengths: Parameters<typeof planCues>[0] = { ...(countdown && { countdown }), ...(start && { start }) };
      const plan = planCues(lengths, latency);
      for (const [i, { name, at }] of plan.entries()) {
        const end = at + latency + (lengths[name] ?? Number.NaN);
        expect(end).toBeLessThanOrEqual(-preRollSeconds);
        const next = plan[i + 1];
        if (next?.name === 'start') expect(at + (lengths[name] ?? 0)).toBeLessThanOrEqual(next.at + 1e-9);
      }
    }),
  );
});

test('with short cues the whole countdown sounds', () => {
  expect(planCues({ countdown: 0.12, start: 0.25 }, 0.02)).toEqual([
    { name: 'countdown', at: -3 },
    { name: 'countdown', at: -2 },
    { name: 'start', at: expect.closeTo(-0.97, 6) },
  ]);
});
