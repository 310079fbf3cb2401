import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dataDir, projectRoot, rendererDir, resourcesDir } from '../../../electron/launch/paths.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paths-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the project is found from its sources and from its bundles', () => {
  expect(existsSync(join(projectRoot(), 'electron/launch/paths.ts'))).toBe(true);
  writeFileSync(join(folder, 'package.json'), '{"name": "phonomaton"}');
  mkdirSync(join(folder, 'dist/main'), { recursive: true });
  writeFileSync(join(folder, 'dist/package.json'), '{"name": "something else"}');
  expect(projectRoot(join(folder, 'dist/main'))).toBe(folder);
  expect(() => projectRoot('/')).toThrow('No phonomaton package.json');
});

test('installed, pages are in the archive and resources beside it', () => {
  const archive = '/opt/Phonomaton/resources/app.asar';
  expect(rendererDir(archive)).toBe('/opt/Phonomaton/resources/app.asar/dist/renderer');
  expect(resourcesDir(archive)).toBe('/opt/Phonomaton/resources/resources');
  expect(resourcesDir('/home/someone/phonomaton')).toBe('/home/someone/phonomaton/resources');
});

test('data go where they are told to, a demonstration beside them', () => {
  expect(dataDir(false, { PHONOMATON_DATA: '/srv/booth' })).toBe('/srv/booth');
  expect(dataDir(true, { PHONOMATON_DATA: '/srv/booth' })).toBe('/srv/booth-demo');
  expect(dataDir(false, { PHONOMATON_DATA: ' ' })).toMatch(/phonomaton/);
});
