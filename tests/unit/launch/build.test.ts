import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isStale } from '../../../electron/launch/build.ts';

let root: string;
const put = (path: string, at: number) => {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), '');
  utimesSync(join(root, path), at, at);
  for (let folder = join(path, '..'); folder !== '.'; folder = join(folder, '..'))
    utimesSync(join(root, folder), at, at);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'build-'));
  put('renderer/booth/main.tsx', 1000);
  put('package.json', 1000);
});
afterEach(() => rmSync(root, { recursive: true }));

test('stale without a build, fresh after it, stale after a change deep inside or a removal', () => {
  expect(isStale(root)).toBe(true);
  put('dist/.built', 2000);
  expect(isStale(root)).toBe(false);
  put('renderer/booth/main.tsx', 3000);
  expect(isStale(root)).toBe(true);
  put('dist/.built', 4000);
  expect(isStale(root)).toBe(false);
  rmSync(join(root, 'renderer/booth/main.tsx'));
  expect(isStale(root)).toBe(true);
});
