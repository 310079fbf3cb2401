import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { account, createGuard, longestWait, networkLimit, waitAfter } from '../../../electron/studio/staff/guard.ts';
import { fakeStaffStore } from '../../fixtures/staff-store.ts';

function guardAt() {
  let time = Date.parse('2026-01-01T10:00:00Z');
  const now = () => new Date(time);
  const store = fakeStaffStore(now);
  return { build: () => createGuard(store, now), pass: (seconds: number) => (time += seconds * 1000), now };
}
const day = 24 * 3600;
/** The longest event the booth goes to, in days. */
const event = 7;

/** Seconds it takes to make `guesses` wrong ones as fast as they are heard; `between` is done after each. */
function secondsFor(guesses: number, between: (guard: ReturnType<typeof createGuard>) => void = () => undefined) {
  const { build, pass, now } = guardAt();
  const guard = build();
  const start = now().getTime();
  for (let guess = 0; guess < guesses; guess++) {
    guard.failed('booth');
    between(guard);
    const left = guard.left('booth');
    pass(left === 'locked' ? Number.POSITIVE_INFINITY : left);
  }
  return (now().getTime() - start) / 1000;
}

describe('the price of guessing', () => {
  it('of all PINs of four digits is longer than an event', () => {
    expect(secondsFor(10_000) / day).toBeGreaterThan(100);
    expect(secondsFor(10_000) / day).toBeGreaterThan(event);
  });

  it('is the same for who has a PIN and signs in between guesses at another’s', () => {
    expect(secondsFor(10_000, (guard) => guard.passed('booth')) / day).toBeGreaterThan(event * 10);
  });

  it('lets through few guesses in a day of sixteen hours', () => {
    let guesses = 0;
    while (secondsFor(guesses + 1) < 16 * 3600) guesses += 1;
    expect(guesses).toBeLessThan(100);
  });

  it('waits a quarter of an hour at the most', () => {
    expect(waitAfter(100)).toBe(longestWait);
  });
});

describe('a wait', () => {
  it('holds across a restart', () => {
    const { build, pass } = guardAt();
    for (let guess = 0; guess < 6; guess++) build().failed('booth');
    expect(build().left('booth')).toBe(8);
    pass(5);
    expect(build().left('booth')).toBe(3);
    pass(3);
    expect(build().left('booth')).toBe(0);
  });

  it('neither ends nor grows when the clock is set back, and is over by time that passes', () => {
    const { build, pass } = guardAt();
    for (let guess = 0; guess < 40; guess++) build().failed('booth');
    expect(build().left('booth')).toBe(longestWait);
    pass(-365 * day);
    expect(build().left('booth')).toBe(longestWait);
    pass(longestWait - 1);
    expect(build().left('booth')).toBe(1);
    pass(-day);
    expect(build().left('booth')).toBeGreaterThan(0);
    pass(longestWait);
    expect(build().left('booth')).toBe(0);
  });

  it('never holds longer than the longest, whatever the clock does; the network stays closed (property)', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(fc.constant('fail' as const), fc.constant('pass' as const), fc.integer({ min: -day, max: day })),
        ),
        (steps) => {
          const { build, pass } = guardAt();
          let closed = false;
          for (const step of steps) {
            if (typeof step === 'number') pass(step);
            else if (step === 'pass') build().passed('network');
            else closed = build().failed('network').locked;
            const left = build().left('network');
            if (closed) expect(left).toBe('locked');
            else expect(left).toBeLessThanOrEqual(longestWait);
            expect(build().left('booth')).toBe(0);
          }
        },
      ),
    );
  });
});

describe('the network', () => {
  it('is closed by so many wrong PINs, in a row or over the day, until it is opened', () => {
    const { build, pass } = guardAt();
    for (let guess = 1; guess <= networkLimit; guess++) {
      expect(build().failed('network').locked).toBe(guess === networkLimit);
    }
    pass(100 * day);
    expect(build().left('network')).toBe('locked');
    build().open('network');
    expect(build().left('network')).toBe(0);
    for (let guess = 0; guess <= account; guess++) {
      build().failed('network');
      build().passed('network');
    }
    expect(build().left('network')).toBe('locked');
  });
});
