import { closeSync, openSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLibrary } from '../../../electron/studio/library/library.ts';
import { cloneFolder, type Harm, harm, type Place, pageSize, placesIn, spread } from '../../fixtures/damage/places.ts';
import { type Readable, readableOf } from '../../fixtures/damage/readable.ts';
import { examineHere, liveWeek, type Week } from '../../fixtures/damage/week.ts';
import { runs } from '../../fixtures/runs.ts';
import { keptPortrait, tempFolder } from './lives.ts';

const root = tempFolder();
const sound = join(root, 'sound');
const tried = join(root, 'tried');
const file = (dir: string) => join(dir, 'library.db');
const hours = runs(26, 168);
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
function afterDamage(spoil: () => void, copies: Readable = copied): { missing: number; opening: string } {
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
    const best = left.portraits.get(id) ?? copies.portraits.get(id);
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
    const best = left.consents.get(seq) ?? copies.consents.get(seq);
    // A copy that was made again without somebody goes its own way after that: only what is of this chain can come from it.
    if (best === link) expect(now.consents.get(seq), `link ${seq}`).toBe(link);
    if (now.consents.get(seq) !== link) tally.consents += 1;
  }
  // The chain is whole, or says itself where it is not.
  expect(chain, JSON.stringify(chain)).toMatchObject({ ok: true, lost: expect.any(Number) });
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
    const chosen = spread(places, runs(14, 400));
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

  it('two pages of different trees at once cost no more', { timeout: 3_600_000 }, () => {
    const chosen = spread(places, runs(4, 120));
    for (let turn = 0; turn + 1 < chosen.length; turn += 2) {
      const [one, other] = [chosen[turn], chosen[turn + 1]];
      if (one === undefined || other === undefined) continue;
      afterDamage(() => {
        harm(file(tried), one.page, 'flip');
        harm(file(tried), other.page, 'zero');
      });
    }
  });

  it.each(harms)('the first page, with all that says where the others are: %s', (how) => {
    expect(afterDamage(() => harm(file(tried), 1, how))).toMatchObject({ opening: 'rebuilt', missing: 0 });
  });

  it.each([0.9, 0.5, 0.1, 0.001])('a file cut to %s of its length', (part) => {
    afterDamage(() => truncateSync(file(tried), Math.floor(statSync(file(tried)).size * part)));
  });

  it('an empty file, and one that is gone', () => {
    expect(afterDamage(() => truncateSync(file(tried), 0)).opening).toBe('restored');
    expect(afterDamage(() => rmSync(file(tried))).opening).toBe('restored');
  });

  it('copies that went bad themselves are passed over', () => {
    const names = readdirSync(join(sound, 'backups')).sort().toReversed();
    const spoilt = (count: number) => () => {
      harm(file(tried), 1, 'noise');
      for (const name of names.slice(0, count)) harm(join(tried, 'backups', name), 2, 'flip');
    };
    const second = readableOf(join(sound, 'backups', names[1] ?? ''), file(sound));
    expect(afterDamage(spoilt(1), second).opening).toBe('rebuilt');
    // Without one sound copy, nothing says where the tables begin but the file itself.
    const none = { portraits: new Map(), consents: new Map() };
    expect(
      afterDamage(() => {
        for (const name of names) harm(join(tried, 'backups', name), 2, 'flip');
        harm(file(tried), audited(), 'zero');
      }, none).opening,
    ).toBe('rebuilt');
  });
});

/** A page of the audit trail's, as in a report from the field. */
const audited = (): number => places.find(({ tree, kind }) => tree === 'audit' && kind === 'leaf')?.page ?? 0;

describe('a library whose log is damaged', () => {
  /** Portraits of after the last copy, all of them in the log alone. */
  const fresh: string[] = [];
  const logged = join(root, 'logged');
  beforeAll(() => {
    cloneFolder(sound, tried);
    const library = createLibrary(tried, () => new Date(week.end), { examine: examineHere, reserve: 0 });
    for (let turn = 0; turn < 6; turn++) fresh.push(keptPortrait(library).id);
    // As the power cut leaves it: nothing of the log has gone into the file.
    cloneFolder(tried, logged);
    library.close();
  });

  function start(spoil: (log: string) => void): { opening: string; there: number } {
    cloneFolder(logged, tried);
    spoil(`${file(tried)}-wal`);
    const library = createLibrary(tried, () => new Date(week.end), { examine: examineHere, reserve: 0 });
    const of = (id: string) => library.portraits.get(id) !== undefined;
    for (const id of week.living) expect(of(id), id).toBe(true);
    const found = { opening: library.opening, there: fresh.filter(of).length };
    expect(library.consent.verify()).toMatchObject({ ok: false, fault: 'text' });
    library.close();
    return found;
  }

  it('keeps everything when it is whole', () => {
    expect(start(() => undefined)).toEqual({ opening: 'opened', there: fresh.length });
  });

  it('reads on behind a damaged piece, where SQLite drops all that follows', () => {
    const frame = pageSize + 24;
    const log = readFileSync(join(logged, 'library.db-wal'));
    const salts = log.subarray(16, 24);
    // What lies behind the last frame of this round is an older round's, and nobody's loss.
    const ends: number[] = [];
    for (let at = 32, n = 1; at < log.length && log.subarray(at + 8, at + 16).equals(salts); at += frame, n += 1)
      if (log.readUInt32BE(at + 4) !== 0) ends.push(n);
    // The last transaction, damaged, looks like one that the power cut kept from its end; nobody can tell them apart.
    const frames = ends.at(-2) ?? 0;
    expect(frames).toBeGreaterThan(100);
    const kept: number[] = [];
    for (let at = 0; at < frames; at += Math.ceil(frames / runs(3, 60))) {
      const { opening, there } = start((log) => spoilBytes(log, 32 + at * frame + 24 + 100, 64));
      expect(opening).toBe('rebuilt');
      kept.push(there);
    }
    console.log('log', JSON.stringify({ frames, tried: kept.length, fresh: fresh.length, kept }));
    // A damaged frame may hold what nothing else does, but never costs what stands in the others.
    expect(Math.min(...kept)).toBeGreaterThanOrEqual(fresh.length - 1);
  });

  it('reads a log whose head is gone', () => {
    expect(start((log) => spoilBytes(log, 0, 32))).toEqual({ opening: 'rebuilt', there: fresh.length });
  });
});

function spoilBytes(path: string, at: number, length: number): void {
  const handle = openSync(path, 'r+');
  writeSync(handle, Buffer.alloc(length, 0x5a), 0, length, at);
  closeSync(handle);
}
