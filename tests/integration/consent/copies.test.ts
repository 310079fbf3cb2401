import { closeSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openBooth, type TestBooth } from '../../fixtures/booth.ts';
import { filesWith } from '../../fixtures/bytes.ts';
import { keptPortrait, startOf, tokenHash } from '../library/lives.ts';

let booth: TestBooth;
let at: Date;
beforeEach(async () => {
  at = new Date('2026-03-14T09:00:00.000Z');
  booth = await openBooth(undefined, { now: () => at, steady: () => at.getTime() });
});
afterEach(async () => {
  await booth.close();
  rmSync(booth.dir, { recursive: true });
});
const pass = (minutes: number) => {
  at = new Date(at.getTime() + minutes * 60_000);
};
async function restart(): Promise<void> {
  await booth.close();
  booth = await openBooth(booth.dir, { now: () => at, steady: () => at.getTime() });
}

const name = 'Zéphyrine-Quetsche';
const word = 'Texte-Reineclaude';
const where = () => [...new Set([name, word].flatMap((text) => filesWith(booth.dir, Buffer.from(text))))].sort();
const aside = () => readdirSync(booth.dir).filter((file) => file.includes('damaged'));
const host = { actor: 'host', name: null } as const;

/** A portrait begun now. */
function portrait(firstName: string): string {
  const { library } = booth.studio;
  const start = startOf({ speaker: { firstName, trade: '', cooperativeId: null } });
  library.takes.startTake(start, tokenHash, at.toISOString());
  return keptPortrait(library, start).id;
}
/** Somebody's portrait, with words a host wrote. */
function somebody(): string {
  const { words, portraits } = booth.studio.library;
  const id = portrait(name);
  expect(words.save(id, portraits.get(id)?.revision ?? -1, { text: word }, 'host').ok).toBe(true);
  return id;
}

/** Spoils the first page, as a bad block does: SQLite cannot open it, and everybody's words still stand in it. */
async function damage(): Promise<void> {
  await booth.close();
  const file = openSync(join(booth.dir, 'library.db'), 'r+');
  writeSync(file, Buffer.alloc(100, 'x'), 0, 100, 0);
  closeSync(file);
  pass(1);
  booth = await openBooth(booth.dir, { now: () => at, steady: () => at.getTime() });
  expect(booth.studio.library.opening).toBe('rebuilt');
}

it('a damaged database that was set aside goes with the first person in it who is erased, and not before', async () => {
  const id = somebody();
  await booth.studio.library.backUp();
  await damage();
  expect(aside()).toHaveLength(1);
  expect(where()).toContain(aside()[0]);

  // Whoever came after it was set aside is not in it: it stays, for a person to look at.
  pass(1);
  await booth.studio.consent.withdraw(portrait('Odile'), 'all', host);
  expect(aside()).toHaveLength(1);

  // Nothing reads it, so taking back one use of several leaves it too.
  expect(await booth.studio.consent.withdraw(id, ['podcast'], host)).toMatchObject({ ok: true, whole: false });
  expect(aside()).toHaveLength(1);

  expect(await booth.studio.consent.withdraw(id, 'all', host)).toMatchObject({ ok: true, whole: true });
  expect(where()).toEqual([]);
  expect(aside()).toEqual([]);
});

it('it goes even where the clock was put right between the recording and the damage', async () => {
  // The booth thinks it is a month later, and finds out at the next start.
  pass(30 * 24 * 60);
  const id = somebody();
  await booth.studio.library.backUp();
  pass(-30 * 24 * 60);
  await damage();
  expect(where()).toContain(aside()[0]);
  await booth.studio.consent.withdraw(id, 'all', host);
  expect(where()).toEqual([]);
});

it.each([
  ['withdrawn', (id: string) => booth.studio.consent.withdraw(id, 'all', host)],
  ['discarded', async (id: string) => booth.studio.library.takes.discard(id)],
])('a copy made after the clock was set back hides nobody who is %s', async (_, gone) => {
  pass(60);
  const id = somebody();
  // An hour too early from here on: the copy's name is older than the portrait in it.
  pass(-59);
  await booth.studio.library.backUp();
  expect(where().some((file) => file.startsWith('backups/'))).toBe(true);
  await gone(id);
  // A discard alone, as when the power goes right after it: the next start does the rest.
  await restart();
  expect(where()).toEqual([]);
  expect(booth.studio.library.erasures.pending()).toEqual([]);
  expect(readdirSync(join(booth.dir, 'backups')).length).toBeGreaterThan(0);
});
