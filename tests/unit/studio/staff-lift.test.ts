import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { liftedBy, liftNames } from '../../../electron/studio/staff/lift.ts';
import { createStaff } from '../../../electron/studio/staff/staff.ts';
import { fakeStaffStore } from '../../fixtures/staff-store.ts';

const pin = '230414';
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lift-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** A booth whose PIN pad somebody played with until every try waits a quarter of an hour. */
async function playedWith() {
  let time = Date.parse('2026-03-07T08:00:00Z');
  const now = () => new Date(time);
  const store = fakeStaffStore(now);
  const staff = createStaff(store, now, { scryptCost: { N: 2, r: 1, p: 1 }, lifted: liftedBy(dir) });
  await staff.setUp(pin);
  for (let guess = 0; guess < 40; guess++) {
    await staff.signIn(String(100_000 + guess));
    time += 901_000;
  }
  await staff.signIn('000000');
  return { staff, store };
}

test.each(liftNames)(
  'who has the machine lifts the wait once, with the file %s, and a right PIN is still needed',
  async (name) => {
    const { staff, store } = await playedWith();
    expect(await staff.signIn(pin)).toMatchObject({ code: 'WAIT' });
    writeFileSync(join(dir, name), '');
    expect(await staff.signIn('111111')).toMatchObject({ code: 'WRONG_PIN', waitSeconds: 0 });
    expect(existsSync(join(dir, name))).toBe(false);
    expect(store.notes.filter(({ action }) => action === 'pin-wait-lifted')).toHaveLength(1);
    expect(await staff.signIn(pin)).toMatchObject({ ok: true });
  },
);

test('guesses are as dear as before once it has counted', async () => {
  const { staff } = await playedWith();
  writeFileSync(join(dir, liftNames[0] ?? ''), '');
  const codes: string[] = [];
  for (let guess = 0; guess < 10; guess++) {
    const answer = await staff.signIn(String(200_000 + guess));
    codes.push(answer.ok ? 'OPEN' : answer.code);
  }
  expect(codes).toEqual(['WRONG_PIN', 'WRONG_PIN', 'WRONG_PIN', 'WRONG_PIN', ...Array(6).fill('WAIT')]);
});

test('nothing but a plain file counts, nothing from the network uses it, and none is used before it is needed', async () => {
  const { staff } = await playedWith();
  const [name = ''] = liftNames;
  mkdirSync(join(dir, name));
  expect(await staff.signIn(pin)).toMatchObject({ code: 'WAIT' });
  rmSync(join(dir, name), { recursive: true });
  writeFileSync(join(dir, 'elsewhere'), '');
  symlinkSync(join(dir, 'elsewhere'), join(dir, name));
  expect(await staff.signIn(pin)).toMatchObject({ code: 'WAIT' });
  rmSync(join(dir, name));
  writeFileSync(join(dir, name), '');
  for (let guess = 0; guess < 25; guess++) {
    await staff.signIn(String(300_000 + guess), { way: 'network', device: '', address: '' });
  }
  expect(existsSync(join(dir, name))).toBe(true);
  expect(await staff.signIn(pin)).toMatchObject({ ok: true });
  writeFileSync(join(dir, name), '');
  expect(await staff.signIn(pin)).toMatchObject({ ok: true });
  expect(existsSync(join(dir, name))).toBe(true);
});
