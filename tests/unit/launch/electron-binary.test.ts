import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fetchElectron, findElectron } from '../../../electron/launch/electron-binary.ts';

let root: string;
let asked: string[];
let downloads: number;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'electron-'));
  mkdirSync(join(root, 'node_modules/electron/dist'), { recursive: true });
  writeFileSync(join(root, 'node_modules/electron/package.json'), '{"version": "45.0.0"}');
  asked = [];
  downloads = 0;
});
afterEach(() => rmSync(root, { recursive: true }));

function install(): string {
  const path = join(root, 'node_modules/electron/dist/electron');
  writeFileSync(path, '');
  writeFileSync(join(root, 'node_modules/electron/path.txt'), 'electron');
  return path;
}
const attempt = (options: Partial<Parameters<typeof fetchElectron>[0]> = {}) =>
  fetchElectron({
    root,
    environment: {},
    reachable: async (url) => {
      asked.push(url);
      return false;
    },
    download: async () => {
      downloads += 1;
      return false;
    },
    ...options,
  });

test('a binary that is there is found, wherever it was put', () => {
  expect(findElectron(root, {})).toBeNull();
  const path = install();
  expect(findElectron(root, {})).toBe(path);
  expect(findElectron(root, { ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' })).toBeNull();
});

test('a download that works gives the path', async () => {
  const answer = await attempt({
    reachable: async () => true,
    download: async () => {
      install();
      return true;
    },
  });
  expect(answer).toEqual({ path: join(root, 'node_modules/electron/dist/electron') });
});

test('a failure is remembered for a day, unless a new attempt is asked for', async () => {
  const now = Date.now();
  expect(await attempt({ now: () => now })).toEqual({ missing: 'unreachable' });
  expect(await attempt({ now: () => now + 60_000 })).toEqual({ missing: 'remembered' });
  expect(downloads).toBe(1);
  expect(await attempt({ now: () => now + 60_000, retry: true })).toEqual({ missing: 'unreachable' });
  expect(await attempt({ now: () => now + 25 * 3_600_000, reachable: async () => true })).toEqual({
    missing: 'failed',
  });
  expect(downloads).toBe(3);
});

test('asks the mirror where one is set, and leaves the question to the downloader behind a proxy', async () => {
  await attempt({ environment: { ELECTRON_MIRROR: 'https://mirror.test/electron/' } });
  expect(asked[0]).toMatch(/^https:\/\/mirror\.test\/electron\/v45\.0\.0\/electron-v45\.0\.0-\w+-\w+\.zip$/);
  expect(await attempt({ environment: { HTTPS_PROXY: 'http://proxy.test' }, retry: true })).toEqual({
    missing: 'failed',
  });
  expect(asked).toHaveLength(1);
});
