import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { examine } from '../../../electron/studio/library/copies/examine.ts';
import type { Examiner } from '../../../electron/studio/library/copies/examiner.ts';
import { openEnds } from '../../../electron/studio/library/ends/ends.ts';
import { createLibrary, type Library, type LibraryOptions } from '../../../electron/studio/library/library.ts';
import { filesWith } from '../../fixtures/bytes.ts';
import { harm, placesIn } from '../../fixtures/damage/places.ts';
import { examineHere } from '../../fixtures/damage/week.ts';
import { runs } from '../../fixtures/runs.ts';
import { keptPortrait, seededLibrary, tempFolder } from './lives.ts';

let dir: string;
let library: Library;
let at = Date.UTC(2026, 0, 1, 10);
const now = () => new Date(at);
const reopen = (options: LibraryOptions = {}) => {
  library = createLibrary(dir, now, { examine: examineHere, reserve: 0, ...options });
};
beforeEach(() => {
  at = Date.UTC(2026, 0, 1, 10);
  dir = tempFolder();
  seededLibrary(dir, now).close();
  reopen();
});
afterEach(() => {
  library.close();
  rmSync(dir, { recursive: true });
});
const copies = () =>
  readdirSync(join(dir, 'backups'))
    .filter((name) => name.endsWith('.db'))
    .sort();
const by = { actor: 'visitor', name: null } as const;
const ends = { handedOver: () => false };
function somebody(name: string): string {
  return keptPortrait(library, { speaker: { firstName: name, trade: '', cooperativeId: null } }).id;
}
/** Erases somebody as the studio does: the transaction, then the copies. */
function erase(id: string): void {
  expect(library.consent.withdraw(id, 'all', by, ends)).toMatchObject({ ok: true, whole: true });
  library.scrub(library.erasures.copiesOf(id));
}
const where = (name: string) => filesWith(dir, Buffer.from(name));
/** A leaf of the audit trail, on the disk, under a library in use. */
function spoilTrail(): void {
  for (let turn = 0; turn < 30; turn++) keptPortrait(library);
  library.db.pragma('wal_checkpoint(TRUNCATE)');
  const leaf = placesIn(join(dir, 'library.db')).find(({ tree, kind }) => tree === 'audit' && kind === 'leaf');
  library.db.pragma('shrink_memory');
  harm(join(dir, 'library.db'), leaf?.page ?? 0, 'zero');
}

describe('a copy', () => {
  it('of a library that went bad while it is in use gets no name, and the sound one stays', async () => {
    const id = somebody('Odile');
    expect(await library.backUp()).toEqual({ ok: true });
    spoilTrail();
    for (let hour = 0; hour < 5; hour++) {
      at += 3600_000;
      expect(await library.backUp()).toMatchObject({ ok: false, why: 'unsound' });
    }
    expect(copies()).toHaveLength(1);
    expect(library.copies()).toMatchObject({ damaged: true });
    library.close();
    reopen();
    expect(library).toMatchObject({ opening: 'rebuilt', account: { missing: [], older: [], consents: 0 } });
    expect(library.db.prepare('SELECT count(*) FROM portraits').pluck().get()).toBe(31);
    expect(library.portraits.get(id)?.state).toBe('toReview');
    expect(await library.backUp()).toEqual({ ok: true });
  });

  it('that is looked through while nobody asks finds damage, and nothing in a sound library', async () => {
    somebody('Odile');
    library.close();
    library = createLibrary(dir, now, { reserve: 0 });
    expect(await library.check()).toEqual([]);
    expect(library.copies().damaged).toBe(false);
    spoilTrail();
    expect((await library.check()).length).toBeGreaterThan(0);
    expect(library.copies().damaged).toBe(true);
  });

  it.each([
    ['shorter than it should be', (path: string) => truncateSync(path, 40_960)],
    ['with a page of another file', (path: string) => harm(path, 5, 'noise')],
    ['of an older state', (path: string) => copyFileSync(join(dir, 'backups', copies()[0] ?? ''), path)],
  ])('%s gets no name', async (_, spoil) => {
    expect(await library.backUp()).toEqual({ ok: true });
    somebody('Odile');
    library.close();
    const spoiling: Examiner = (question) => {
      const settled = examineHere(question);
      spoil(question.path);
      return settled.then(() => examine(question.path));
    };
    reopen({ examine: spoiling });
    expect(await library.backUp()).toMatchObject({ ok: false, why: 'unsound' });
    expect(copies()).toHaveLength(1);
  });

  it('is not made where the disk is needed for recording, and costs no other', async () => {
    expect(await library.backUp()).toEqual({ ok: true });
    library.close();
    reopen({ reserve: Number.MAX_SAFE_INTEGER });
    expect(await library.backUp()).toEqual({ ok: false, why: 'noRoom' });
    expect(library.copies()).toMatchObject({ failing: 'noRoom', damaged: false });
    expect(copies()).toHaveLength(1);
  });

  it('cut off by a kill leaves sound copies alone', async () => {
    for (let turn = 0; turn < 40; turn++) keptPortrait(library);
    await library.backUp();
    library.close();
    const script = join(import.meta.dirname, '../../fixtures/damage/copying-process.ts');
    for (let turn = 0; turn < runs(1, 25); turn++) {
      const child = spawn(process.execPath, [script, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
      const gone = once(child, 'exit');
      // Killed at the beginning, the middle or the end of the copy after the first.
      await once(child.stdout, 'data');
      await pause((turn % 8) * 15);
      child.kill('SIGKILL');
      await gone;
      for (const name of copies()) {
        expect(examine(join(dir, 'backups', name)).faults, name).toEqual([]);
      }
    }
    reopen();
    expect(readdirSync(join(dir, 'backups'))).toEqual(copies());
    expect(copies().length).toBeGreaterThan(0);
    expect(library.opening).toBe('opened');
  });
});

describe('who was erased', () => {
  it('leaves the only copy there is, and the copy stays', async () => {
    const kept = somebody('Odile');
    const id = somebody('Zéphyrine-Quetsche');
    await library.backUp();
    erase(id);
    expect(where('Zéphyrine-Quetsche')).toEqual([]);
    expect(copies()).toHaveLength(1);
    library.close();
    rmSync(join(dir, 'library.db'));
    reopen();
    expect(library.opening).toBe('restored');
    expect(library.portraits.get(kept)?.speaker.firstName).toBe('Odile');
    expect(library.consent.erasureOf(id)).toBe('withdrawn');
  });

  it('is in no copy that was being made meanwhile', async () => {
    const id = somebody('Zéphyrine-Quetsche');
    library.close();
    let once = true;
    reopen({
      examine: (question) => {
        if (once) erase(id);
        once = false;
        return examineHere(question);
      },
    });
    expect(await library.backUp()).toEqual({ ok: true });
    expect(where('Zéphyrine-Quetsche')).toEqual([]);
  });

  it('does not come back by an older copy that somebody puts in the library’s place', async () => {
    const id = somebody('Zéphyrine-Quetsche');
    const less = keptPortrait(library, {}, { purposes: ['site', 'podcast'] }).id;
    await library.backUp();
    const older = join(dir, 'older');
    copyFileSync(join(dir, 'backups', copies()[0] ?? ''), older);
    erase(id);
    library.consent.withdraw(less, ['podcast'], by, ends);
    library.close();
    for (const suffix of ['-wal', '-shm']) rmSync(join(dir, `library.db${suffix}`), { force: true });
    copyFileSync(older, join(dir, 'library.db'));
    rmSync(older);
    reopen();
    library.db.pragma('wal_checkpoint(TRUNCATE)');
    expect(where('Zéphyrine-Quetsche')).toEqual([]);
    expect(library.consent.erasureOf(id)).toBe('withdrawn');
    expect(library.consent.scope(less)?.purposes).toEqual(['site']);
  });

  it('is written down before the library is: a power cut in between ends the person at the next start', () => {
    const id = somebody('Zéphyrine-Quetsche');
    library.db.exec('BEGIN IMMEDIATE');
    library.consent.withdraw(id, 'all', by, ends);
    library.db.exec('ROLLBACK');
    expect(library.consent.erasureOf(id)).toBeUndefined();
    library.close();
    expect(openEnds(dir).erased(id)).toBe('withdrawn');
    reopen();
    expect(library.consent.erasureOf(id)).toBe('withdrawn');
    expect(library.portraits.get(id)?.speaker.firstName ?? '').toBe('');
  });

  it('stays known where a line of the file is damaged, and damage of one line costs no other', () => {
    const ids = [somebody('Un'), somebody('Deux'), somebody('Trois')];
    for (const id of ids) erase(id);
    library.close();
    harmLine(join(dir, 'ends.log'), 1);
    expect(ids.map((id) => openEnds(dir).erased(id) !== undefined).filter(Boolean)).toHaveLength(2);
    // The library knows the third, and writes it down again.
    reopen();
    expect(ids.every((id) => openEnds(dir).erased(id) === 'withdrawn')).toBe(true);
  });
});

function harmLine(path: string, which: number): void {
  const lines = readFileSync(path, 'utf8').split('\n');
  const full = lines.flatMap((line, index) => (line === '' ? [] : [index]))[which] ?? 0;
  lines[full] = `${lines[full]?.slice(0, 60)}~~~`;
  writeFileSync(path, lines.join('\n'));
}
