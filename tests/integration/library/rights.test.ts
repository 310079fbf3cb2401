import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeToOthers } from '../../../electron/studio/library/folder.ts';
import { forOwnerOnly } from '../../../electron/studio/owner-only.ts';
import { approvedPortrait } from '../../fixtures/approved.ts';
import { batchOf, exportIs } from '../../fixtures/batch-bench.ts';
import { openBooth } from '../../fixtures/booth.ts';

let dir: string;
let mask: number;
beforeEach(() => {
  mask = process.umask(0o022);
  dir = mkdtempSync(join(tmpdir(), 'rights-'));
});
afterEach(() => {
  process.umask(mask);
  rmSync(dir, { recursive: true, force: true });
});

/** Everything below a folder that others may do something with. */
function open(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => !one.isSymbolicLink());
  const paths = [folder, ...entries.map((entry) => join(entry.parentPath, entry.name))];
  return paths
    .map((path) => ({ path, mode: statSync(path).mode & 0o777 }))
    .filter(({ mode }) => (mode & 0o077) !== 0)
    .map(({ path, mode }) => `${relative(folder, path) || '.'} ${mode.toString(8)}`);
}

describe.skipIf(process.platform === 'win32')('a data folder that others could read', () => {
  it('is its owner’s alone after a start: what stood there, and all that is made', async () => {
    chmodSync(dir, 0o755);
    // An older version's, made under a usual mask.
    const before = await openBooth(dir);
    await before.signIn();
    await approvedPortrait(before, { title: 'Un', seconds: 1 });
    await before.studio.safekeeping.backUp();
    await before.close();
    const spread = (folder: string): void => {
      chmodSync(folder, 0o755);
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        if (entry.isDirectory()) spread(join(folder, entry.name));
        else chmodSync(join(folder, entry.name), statSync(join(folder, entry.name)).mode | 0o044);
      }
    };
    spread(dir);
    for (const name of ['studio.log', 'library.db.damaged-2026', 'secrets.json.part', 'takes/.x.part']) {
      writeFileSync(join(dir, name), 'x', { mode: 0o666 });
    }
    expect(open(dir).length).toBeGreaterThan(10);

    forOwnerOnly();
    const booth = await openBooth(dir);
    try {
      expect(open(dir)).toEqual([]);
      await booth.signIn();
      const portrait = await approvedPortrait(booth, { title: 'Deux', seconds: 1 });
      await booth.studio.safekeeping.backUp();
      const batch = batchOf(booth, [portrait]);
      const { exports } = booth.studio.publication;
      const out = mkdtempSync(join(tmpdir(), 'rights-out-'));
      const zip = await exports.start({ id: batch, flac: true, to: { kind: 'zip' } }, 'host');
      if (!zip.ok) throw new Error(zip.code);
      await exportIs(booth, zip.value.id, 'ready');
      const folder = await exports.start({ id: batch, flac: false, to: { kind: 'folder', folder: out } }, 'host');
      if (!folder.ok) throw new Error(folder.code);
      await exportIs(booth, folder.value.id, 'done');
      const made = readdirSync(dir, { recursive: true }).map(String);
      for (const kind of [
        /library\.db$/,
        /library\.db-wal$/,
        /library\.db-shm$/,
        /\.mp3$/,
        /\.wav$/,
        /copies|backups/,
      ]) {
        expect(
          made.some((name) => kind.test(name)),
          String(kind),
        ).toBe(true);
      }
      expect(open(dir)).toEqual([]);
      expect(open(out)).toEqual([]);
      rmSync(out, { recursive: true });
    } finally {
      await booth.close();
    }
    expect(open(dir)).toEqual([]);
  });

  it('is closed without following links, and without giving rights its owner had not', () => {
    const outside = mkdtempSync(join(tmpdir(), 'rights-other-'));
    writeFileSync(join(outside, 'file'), 'x', { mode: 0o644 });
    chmodSync(outside, 0o755);
    symlinkSync(outside, join(dir, 'link'));
    symlinkSync(join(outside, 'file'), join(dir, 'link-file'));
    mkdirSync(join(dir, 'deep/deeper'), { recursive: true });
    const modes = [0o777, 0o644, 0o640, 0o604, 0o755, 0o444, 0o400, 0o666, 0o060, 0o006];
    for (const mode of modes) {
      const path = join(dir, 'deep/deeper', mode.toString(8));
      writeFileSync(path, 'x');
      chmodSync(path, mode);
    }
    closeToOthers(dir);
    for (const mode of modes) {
      expect(statSync(join(dir, 'deep/deeper', mode.toString(8))).mode & 0o777, mode.toString(8)).toBe(mode & 0o700);
    }
    expect(statSync(outside).mode & 0o777).toBe(0o755);
    expect(statSync(join(outside, 'file')).mode & 0o777).toBe(0o644);
    rmSync(outside, { recursive: true });
  });
});
