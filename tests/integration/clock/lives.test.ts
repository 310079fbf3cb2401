import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../../fixtures/runs.ts';
import { day, hour, minute, second } from '../../fixtures/time.ts';
import { type Act, Life, noTally } from './life.ts';

const year = 365 * day;
/** Seconds to decades, forward and back. */
const jump = fc
  .tuple(
    fc.constantFrom(1, -1),
    fc.oneof(
      fc.integer({ min: second, max: hour }),
      fc.integer({ min: hour, max: 2 * day }),
      fc.integer({ min: 2 * day, max: 60 * day }),
      fc.integer({ min: 60 * day, max: 3 * year }),
      fc.integer({ min: 3 * year, max: 60 * year }),
    ),
  )
  .map(([sign, size]) => sign * size);

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('record' as const),
      how: fc.constantFrom('left' as const, 'toReview' as const, 'approved' as const, 'published' as const),
      until: fc.option(fc.integer({ min: 5 * day, max: 400 * day })),
      jump: fc.option(jump, { freq: 5 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      ms: fc.oneof(fc.integer({ min: minute, max: day }), fc.integer({ min: day, max: 40 * day })),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('jump' as const), ms: jump }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('off' as const),
      ms: fc.oneof(
        fc.integer({ min: minute, max: 3 * day }),
        fc.integer({ min: 3 * day, max: 30 * day }),
        fc.integer({ min: 30 * day, max: 2 * year }),
      ),
      jump: fc.option(jump, { freq: 2 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('network' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('site' as const),
      which: fc.constantFrom(0 as const, 1 as const, 2 as const),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('host' as const), right: fc.constant(true as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('host' as const), right: fc.constant(false as const), by: jump }),
  },
);

/** In the end the clock is right, and hosts answer what they are asked, for longer than a reminder runs. */
const ending: Act[] = [
  { do: 'network' },
  { do: 'host', right: true },
  { do: 'pass', ms: 20 * day },
  { do: 'host', right: true },
  { do: 'off', ms: 200 * day, jump: null },
  { do: 'host', right: true },
  { do: 'pass', ms: 20 * day },
  { do: 'host', right: true },
  { do: 'host', right: true },
];

const many = runs(10, 1000);

/** Lives that went wrong once. */
const met: [Act[], number][] = [
  // A host took a wrong day for right, the booth was off for a month, and the right day came from the network.
  [
    [
      { do: 'jump', ms: 3 * year },
      { do: 'record', how: 'left', until: null, jump: -60 * day },
      { do: 'record', how: 'left', until: null, jump: -3 * year },
      { do: 'host', right: false, by: hour },
      { do: 'off', ms: 30 * day, jump: 1000 },
      { do: 'host', right: true },
      { do: 'record', how: 'left', until: null, jump: null },
    ],
    0,
  ],
  // Dated too early by a misread day, somebody would have been reminded of beyond the date they chose.
  [
    [
      { do: 'record', how: 'approved', until: 4_291_140_000, jump: -3_312_000_001 },
      { do: 'host', right: false, by: 60 * day },
      { do: 'network' },
      { do: 'off', ms: 4_489_140_000, jump: null },
      { do: 'network' },
      { do: 'site', which: 0 },
      { do: 'host', right: true },
    ],
    0,
  ],
];

it(`in ${many} lives with any clock nobody goes early, and nobody outlives their promise by more than an answer`, () => {
  const tally = noTally();
  fc.assert(
    fc.property(
      fc.array(act, { minLength: 5, maxLength: 40 }),
      fc.oneof(
        { weight: 3, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.constantFrom(-56 * year, -11 * year, 70 * year) },
      ),
      (acts, firstError) => {
        const life = new Life(tally, firstError);
        try {
          for (const one of [...acts, ...ending]) life.do(one);
        } finally {
          life.end();
        }
        expect(life.faults, `${life.log.join('\n')}`).toEqual([]);
      },
    ),
    { numRuns: many, examples: met },
  );
  console.log(`clock lives: ${many} ${JSON.stringify(tally)}`);
  expect(tally.erased).toBeGreaterThan(0);
  expect(tally.early).toBe(0);
  expect(tally.outlived).toBe(0);
}, 1_800_000);
