import { describe, expect, it } from 'vitest';
import { createStaff, type StaffStore, waitAfter } from '../../../electron/studio/staff/staff.ts';

type Pin = ReturnType<StaffStore['pins']>[number];

function memoryStore(): StaffStore & { stored: Pin[] } {
  const stored: Pin[] = [];
  let attempts: ReturnType<StaffStore['attempts']> = { failures: 0, waitUntil: null };
  return {
    stored,
    pins: () => stored,
    addFirst: (pin) => stored.length === 0 && stored.push(pin) > 0,
    attempts: () => attempts,
    saveAttempts: (value) => {
      attempts = value;
    },
  };
}

function staffAt(start: string) {
  let time = Date.parse(start);
  const store = memoryStore();
  const now = () => new Date(time);
  // The cheapest cost scrypt takes: these tests are about rules, not about the price of a guess.
  const staff = createStaff(store, now, { N: 2, r: 1, p: 1 });
  return { staff, store, now, pass: (seconds: number) => (time += seconds * 1000) };
}

describe('staff', () => {
  it('takes the first PIN once, and never keeps it in the clear', async () => {
    const { staff, store } = staffAt('2026-01-01T10:00:00Z');
    expect(await staff.signIn('2304')).toEqual({ ok: false, code: 'NOT_SET_UP' });
    const first = await staff.setUp('230400');
    expect(first?.role).toBe('organiser');
    expect(await staff.setUp('9999')).toBeUndefined();
    expect(JSON.stringify(store.stored)).not.toContain('230400');
    expect(await staff.signIn('9999')).toMatchObject({ code: 'WRONG_PIN' });
    expect(await staff.signIn('230400')).toMatchObject({ ok: true });
  });

  it('makes each further wrong guess wait longer, and refuses even the right PIN meanwhile', async () => {
    const { staff, pass } = staffAt('2026-01-01T10:00:00Z');
    await staff.setUp('2304');
    const waits: number[] = [];
    for (let guess = 0; guess < 5; guess++) {
      const answer = await staff.signIn('0000');
      if (answer.ok || answer.code !== 'WRONG_PIN') throw new Error(`unexpected ${JSON.stringify(answer)}`);
      waits.push(answer.waitSeconds);
      if (answer.waitSeconds > 0) expect(await staff.signIn('2304')).toMatchObject({ code: 'WAIT' });
      pass(answer.waitSeconds + 1);
    }
    expect(waits).toEqual([0, 0, 0, 2, 4]);
    expect(await staff.signIn('2304')).toMatchObject({ ok: true });
  });

  it('hears a burst of guesses one at a time', async () => {
    const { staff } = staffAt('2026-01-01T10:00:00Z');
    await staff.setUp('2304');
    const answers = await Promise.all(Array.from({ length: 12 }, () => staff.signIn('0000')));
    expect(answers.filter((answer) => !answer.ok && answer.code === 'WRONG_PIN')).toHaveLength(4);
    expect(answers.filter((answer) => !answer.ok && answer.code === 'WAIT')).toHaveLength(8);
  });

  it('is not locked out for ever by a clock set back', async () => {
    const { staff, pass } = staffAt('2026-01-01T10:00:00Z');
    await staff.setUp('2304');
    for (let guess = 0; guess < 6; guess++) {
      await staff.signIn('0000');
      pass(60);
    }
    await staff.signIn('0000');
    pass(-365 * 24 * 3600);
    expect(await staff.signIn('2304')).toMatchObject({ ok: true });
  });

  it('ends a session by sign-out and by time, and keeps one that is used', async () => {
    const { staff, pass } = staffAt('2026-01-01T10:00:00Z');
    const session = await staff.setUp('2304');
    if (session === undefined) throw new Error('no session');
    pass(11 * 3600);
    expect(staff.session(session.token)?.role).toBe('organiser');
    pass(11 * 3600);
    expect(staff.session(session.token)?.role).toBe('organiser');
    pass(12 * 3600);
    expect(staff.session(session.token)).toBeUndefined();
    const again = await staff.signIn('2304');
    if (!again.ok) throw new Error('refused');
    staff.signOut(again.session.token);
    expect(staff.session(again.session.token)).toBeUndefined();
    expect(staff.session('made-up')).toBeUndefined();
  });

  it('waits a quarter of an hour at the most', () => {
    expect(waitAfter(100)).toBe(900);
  });
});
