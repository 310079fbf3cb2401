import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DatabaseFromTheFuture } from '../../../electron/studio/library/database.ts';
import { createLibrary } from '../../../electron/studio/library/library.ts';
import { migrations } from '../../../electron/studio/library/migrations/index.ts';
import { keptPortrait, seededLibrary, tempFolder } from './lives.ts';

let dir: string;
beforeEach(() => {
  dir = tempFolder();
});
afterEach(() => rmSync(dir, { recursive: true }));
const now = () => new Date('2026-01-01T10:00:00Z');

describe('opening the library', () => {
  it('makes one, with every safeguard on', () => {
    const library = createLibrary(dir, now);
    expect(library.opening).toBe('created');
    const pragma = (name: string) => library.db.pragma(name, { simple: true });
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys'), pragma('user_version')]).toEqual([
      'wal',
      2,
      1,
      migrations.length,
    ]);
    library.close();
  });

  it('refuses a library from a newer Phonomaton and leaves it as it is', () => {
    createLibrary(dir, now).close();
    const file = join(dir, 'library.db');
    const raw = new Database(file);
    raw.pragma(`user_version = ${migrations.length + 1}`);
    raw.close();
    expect(() => createLibrary(dir, now)).toThrow(DatabaseFromTheFuture);
    expect(readdirSync(dir).filter((name) => name.includes('damaged'))).toEqual([]);
  });

  it('sets a damaged file aside and restores the newest sound backup', async () => {
    const library = seededLibrary(dir, now);
    const { id } = keptPortrait(library);
    await library.backUp();
    library.close();
    const junk = Buffer.alloc(4096, 'not a database');
    writeFileSync(join(dir, 'library.db'), junk);
    // A newer backup that is itself broken must not stop the search.
    writeFileSync(join(dir, 'backups', 'library-2027-01-01T00-00-00.000Z.db'), 'broken');
    const restored = createLibrary(dir, now);
    expect(restored.opening).toBe('restored');
    expect(restored.portraits.get(id)?.state).toBe('toReview');
    restored.close();
    const aside = readdirSync(dir).find((name) => name.includes('damaged')) ?? '';
    expect(readFileSync(join(dir, aside))).toEqual(junk);
  });

  it('takes the newest backup for the newest, and keeps it, whatever became of the clock', async () => {
    let at = Date.parse('2026-01-02T10:00:00Z');
    const clock = () => new Date(at);
    const library = seededLibrary(dir, clock);
    for (let copy = 0; copy < 5; copy++) {
      await library.backUp();
      at += 3600_000;
    }
    at -= 24 * 3600_000;
    const { id } = keptPortrait(library);
    await library.backUp();
    library.close();
    expect(readdirSync(join(dir, 'backups'))).toHaveLength(6);
    writeFileSync(join(dir, 'library.db'), Buffer.alloc(4096, 'not a database'));
    const restored = createLibrary(dir, clock);
    expect(restored.opening).toBe('restored');
    expect(restored.portraits.get(id)?.state).toBe('toReview');
    restored.close();
  });

  it('finds a portrait anywhere in an older copy, and leaves the copies it is not in', async () => {
    const library = seededLibrary(dir, now);
    const { id } = keptPortrait(library);
    await library.backUp();
    const older = (name: string) => join(dir, 'backups', `library-2020-01-01T00-00-${name}.000Z.db`);
    const block = 4 << 20;
    // At the very beginning, over the place where one block read ends and the next begins, and at the very end.
    const places = [0, block - 20, 2 * block - 1, 3 * block - id.length];
    for (const [turn, at] of places.entries()) {
      const bytes = Buffer.alloc(3 * block, 'x');
      bytes.write(id, at);
      writeFileSync(older(`0${turn}`), bytes);
    }
    // All of the id but its last sign, over and over.
    writeFileSync(older('09'), Buffer.alloc(3 * block, `${id.slice(0, -1)}~`));
    library.scrub({ portraitId: id, begunAt: '2025-12-31T00:00:00.000Z', erased: true });
    library.close();
    expect(readdirSync(join(dir, 'backups'))).toEqual(['library-2020-01-01T00-00-09.000Z.db']);
  });

  it('starts anew when there is no backup, with the damaged file still there', () => {
    seededLibrary(dir, now).close();
    truncateSync(join(dir, 'library.db'), 2000);
    const renewed = createLibrary(dir, now);
    expect(renewed.opening).toBe('renewed');
    expect(renewed.portraits.list({ limit: 10 }).rows).toEqual([]);
    renewed.close();
    expect(readdirSync(dir).some((name) => name.includes('damaged'))).toBe(true);
  });

  it('thins copies out by day, and takes away what a crash left half made', async () => {
    let at = Date.UTC(2026, 0, 1, 12);
    const library = seededLibrary(dir, () => new Date(at));
    await library.backUp();
    writeFileSync(join(dir, 'backups', 'copy.part'), 'half');
    for (let copy = 0; copy < 6; copy++) {
      at += 10 * 60_000;
      await library.backUp();
    }
    // Of 12:00 to 12:50 the newest stays, beside the newest three of all.
    const kept = readdirSync(join(dir, 'backups')).sort();
    expect(kept.map((name) => name.slice(8, 14))).toEqual(['000005', '000006', '000007']);
    library.close();
    expect(existsSync(join(dir, 'library.db'))).toBe(true);
  });
});
