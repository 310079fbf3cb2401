import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openSoak } from '../../fixtures/soak/soak.ts';
import { talk } from '../../fixtures/soak/talk.ts';

const dir = mkdtempSync(join(tmpdir(), 'phonomaton-soak-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Seconds of real time the booth speaks for while both desks are at work. */
const seconds = 8;

test('two desks and a booth at once: nothing is lost, and every stale save is told', async () => {
  const soak = await openSoak({ dir, seed: 7, generated: 60, voices: { count: 4, seconds: 3 } });
  const { tally, books } = soak;
  try {
    const evening = new AbortController();
    const walking = soak.walk({ pauseMs: 40, exportEveryMs: 60_000, signal: evening.signal });
    const take = await talk(soak.studio(), { seconds, seed: 99, pace: 1 });
    soak.kept(take.portraitId, take.takeId);
    expect(take.whole).toBe(true);
    evening.abort();
    await walking;
    await soak.settle();
  } finally {
    await soak.close();
  }
  expect(tally.faults).toEqual([]);
  expect(tally.stale.taken).toBe(0);
  // The walk has been what it is meant to be: desks in each other's way, sound on its way out, every change looked at.
  expect(tally.stale.knownWhenSent).toBeGreaterThanOrEqual(10);
  expect(tally.stale.told).toBeGreaterThanOrEqual(tally.stale.knownWhenSent);
  expect(tally.zips.fetched).toBeGreaterThanOrEqual(2);
  expect(tally.told.length).toBeGreaterThan(0);
  // Each is read twice at the end, as a portrait and in its editor, and twice after reopening.
  expect(books.portraits.compared()).toBeGreaterThan(4 * books.portraits.ids().length);
}, 240_000);
