import { describe, expect, it } from 'vitest';
import { createTickets, waitAfterGuesses } from '../../../../electron/studio/consent/tickets.ts';
import { codeAlphabet, olderCodeLength, readCode, shortCode } from '../../../../shared/domain/code.ts';
import type { Guesses, Ticket } from '../../../../shared/domain/evidence.ts';

const ticket: Ticket = {
  portraitId: 'one',
  state: 'toReview',
  title: 'T',
  createdAt: '2026-01-05T10:00:00.000Z',
  name: 'Odile',
  urls: [],
  scope: undefined,
  erased: undefined,
};

function world() {
  const here = {
    clock: Date.parse('2026-01-05T10:00:00Z'),
    guesses: { failures: 0, lastAt: '2026-01-05T10:00:00.000Z', waitUntil: null } as Guesses,
  };
  const store = {
    byCode: (code: string) => (code === 'KM4-7QX' ? ticket : undefined),
    guesses: () => here.guesses,
    saveGuesses: (guesses: Guesses) => {
      here.guesses = guesses;
    },
  };
  /** Made anew each time: nothing of the guesses lives in memory. */
  const find = (code: string) => createTickets(store, () => new Date(here.clock)).find(code);
  return Object.assign(here, { find });
}

describe('a code', () => {
  it.each(['KM4-7QX', 'km47qx', ' km4 7qx ', 'K.M.4.7.Q.X'])('%j is KM4-7QX', (typed) =>
    expect(readCode(typed)).toBe('KM4-7QX'),
  );
  it.each(['KM47-QXAC', 'km47qxac', ' km4 7qx ac ', 'KM4-7QX-AC'])('%j is KM47-QXAC', (typed) =>
    expect(readCode(typed)).toBe('KM47-QXAC'),
  );
  it.each(['', 'KM4-7Q', 'KM47QX3', 'KM4-7QX2A', 'KM0-7QX', 'KMI-7QX', 'KM47-QXA1', 'KM47-QXACD', '%%%'])(
    '%j is none',
    (typed) => expect(readCode(typed)).toBeUndefined(),
  );
});

it('a new code has eight signs, all of the alphabet, and is read as it is shown', () => {
  for (let first = 0; first < 256; first++) {
    const code = shortCode(Uint8Array.from({ length: 8 }, (_, index) => (first * 7 + index * 31) % 256));
    expect(code).toMatch(new RegExp(`^[${codeAlphabet}]{4}-[${codeAlphabet}]{4}$`));
    expect(readCode(code)).toBe(code);
  }
});

describe('guessing', () => {
  it('is free for a few slips, then waits longer and longer, for everybody and across restarts', () => {
    const here = world();
    for (let slip = 0; slip < 5; slip++) expect(here.find('AAA-AAA')).toEqual({ ok: false, code: 'UNKNOWN_CODE' });
    expect(here.find('KM4-7QX')).toMatchObject({ ok: true });
    expect(here.find('AAA-AAA')).toEqual({ ok: false, code: 'UNKNOWN_CODE' });
    expect(here.find('KM4-7QX')).toEqual({ ok: false, code: 'WAIT', waitSeconds: 2 });
    here.clock += 2000;
    // A right code forgives nothing: its holder could guess on otherwise.
    expect(here.find('km4 7qx')).toMatchObject({ ok: true });
    expect(here.find('AAA-AAC')).toEqual({ ok: false, code: 'UNKNOWN_CODE' });
    expect(here.find('KM4-7QX')).toEqual({ ok: false, code: 'WAIT', waitSeconds: 4 });
  });

  it('forgets a slip every ten minutes, and is not locked by a clock set back', () => {
    const here = world();
    for (let slip = 0; slip < 6; slip++) here.find('AAA-AAA');
    here.clock += 60 * 60_000;
    expect(here.find('AAA-AAA')).toEqual({ ok: false, code: 'UNKNOWN_CODE' });
    expect(here.guesses).toMatchObject({ failures: 1, waitUntil: null });
    for (let slip = 0; slip < 6; slip++) here.find('AAA-AAA');
    here.clock -= 24 * 60 * 60_000;
    expect(here.find('KM4-7QX')).toMatchObject({ ok: true });
  });

  it('would take longer than any event to find one of two hundred portraits', () => {
    // Each ten minutes one slip is forgiven; kept at the longest wait, a guesser has one guess every five minutes.
    expect(waitAfterGuesses(30)).toBe(300);
    // The older codes, which are the easier ones.
    const codes = codeAlphabet.length ** olderCodeLength;
    const yearsToHalf = (codes / 200 / 2) * (300 / (3600 * 24 * 365));
    expect(yearsToHalf).toBeGreaterThan(5);
  });
});
