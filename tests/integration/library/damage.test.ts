import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLibrary } from '../../../electron/studio/library/library.ts';
import { cloneFolder, type Harm, harm, type Place, placesIn, spread } from '../../fixtures/damage/places.ts';
import { type Readable, readableOf } from '../../fixtures/damage/readable.ts';
import { examineHere, liveWeek, type Week } from '../../fixtures/damage/week.ts';
import { runs } from '../../fixtures/runs.ts';
import { tempFolder } from './lives.ts';

const root = tempFolder();
const sound = join(root, 'sound');
const tried = join(root, 'tried');
const file = (dir: string) => join(dir, 'library.db');
const hours = runs(30, 168);
let week: Week;
let places: Place[];
/** What stood in the library, and in its newest copy. */
let whole: Readable;
let copied: Readable;

beforeAll(async () => {
  week = await liveWeek(sound, hours);
  places = placesIn(file(sound));
  whole = readableOf(file(sound), file(sound));
  const newest = readdirSync(join(sound, 'backups')).sort().at(-1) ?? '';
  copied = readableOf(join(sound, 'backups', newest), file(sound));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const tally = { tried: 0, opened: {} as Record<string, number>, kept: 0, older: 0, lost: 0, consents: 0 };

/** Damages a clone of the booth, starts it again, and compares it with the best of what was readable. */
function afterDamage(spoil: () => void): { missing: number; opening: string } {
  cloneFolder(sound, tried);
  spoil();
  const left = readableOf(file(tried), file(sound));
  const library = createLibrary(tried, () => new Date(week.end + 60_000), { examine: examineHere, reserve: 0 });
  const { opening, account } = library;
  library.db.pragma('wal_checkpoint(TRUNCATE)');
  const chain = library.consent.verify();
  library.close();
  const now = readableOf(file(tried), file(tried));
  tally.tried += 1;
  tally.opened[opening] = (tally.opened[opening] ?? 0) + 1;

  expect(opening).not.toBe('renewed');
  for (const id of week.living) {
    const best = left.portraits.get(id) ?? copied.portraits.get(id);
    if (best === undefined) {
      tally.lost += now.portraits.has(id) ? 0 : 1;
      continue;
    }
    const got = now.portraits.get(id);
    expect(got, `portrait ${id}`).toBeDefined();
    // Whatever stands now was written by a host once: as it was, or at worst as the copy has it.
    if (got === whole.portraits.get(id)) tally.kept += 1;
    else {
      tally.older += 1;
      expect(got).toBe(best);
    }
  }
  for (const [seq, link] of whole.consents) {
    const best = left.consents.get(seq) ?? copied.consents.get(seq);
    if (best !== undefined) expect(now.consents.get(seq), `link ${seq}`).toBe(link);
    if (now.consents.get(seq) !== link) tally.consents += 1;
  }
  // The chain is whole, or says itself where it is not.
  expect(chain).toMatchObject({ ok: true });
  for (const id of week.erased) expect(JSON.parse(now.portraits.get(id) ?? '{"text":""}').text).toBe('');
  for (const [id, purpose] of week.takenBack) expect(allowed(tried, id)).not.toContain(purpose);
  expect(standing(tried)).toEqual([]);
  return { missing: account?.missing.length ?? 0, opening };
}

function allowed(dir: string, id: string): string[] {
  const library = createLibrary(dir, () => new Date(week.end + 120_000), { examine: examineHere, reserve: 0 });
  const scope = library.consent.scope(id);
  library.close();
  return scope?.purposes ?? [];
}

/** Words of the erased that stand in any file. */
function standing(dir: string): string[] {
  const found: string[] = [];
  for (const name of readdirSync(dir, { recursive: true }) as string[]) {
    if (!/\.(db|log)|-wal|-shm|damaged/.test(name)) continue;
    const bytes = readFileSync(join(dir, name));
    found.push(...week.erasedWords.filter((word) => bytes.includes(word)).map((word) => `${name}: ${word}`));
  }
  return found;
}

const harms: Harm[] = ['zero', 'flip', 'noise'];

describe('a library with a damaged page, and copies of every hour', () => {
  it('stands on trees of every kind', () => {
    const kinds = new Set(places.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(['internal', 'leaf', 'overflow']);
    expect(week.living.length).toBeGreaterThan(10);
    expect(week.erased.length).toBeGreaterThan(0);
  });

  it('ends, after a restart, with the best of what was readable', { timeout: 3_600_000 }, () => {
    const chosen = spread(places, runs(24, 400));
    for (const [turn, place] of chosen.entries()) {
      const how = harms[turn % harms.length] ?? 'zero';
      try {
        afterDamage(() => harm(file(tried), place.page, how));
      } catch (error) {
        throw new Error(`${how} of page ${place.page} (${place.tree}, ${place.kind})`, { cause: error });
      }
    }
    console.log(
      'damage',
      JSON.stringify({ trees: new Set(chosen.map(({ tree }) => tree)).size, pages: places.length, ...tally }),
    );
  });
});
