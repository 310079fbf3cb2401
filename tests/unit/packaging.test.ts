import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../../electron/launch/paths.ts';

const settings = readFileSync(join(projectRoot(), 'electron-builder.yml'), 'utf8');
const block = /^electronFuses:\n((?: {2}.*\n)+)/m.exec(settings)?.[1] ?? '';
const stated = new Map(
  block
    .trim()
    .split('\n')
    .map((line) => line.trim().split(': ') as [string, string]),
);

test('every fuse Electron has is stated', () => {
  const { FuseV1Options } = createRequire(import.meta.url)('@electron/fuses');
  const fuses = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));
  expect(fuses.length).toBeGreaterThanOrEqual(8);
  const names = fuses.map((name) => name.charAt(0).toLowerCase() + name.slice(1));
  expect([...stated.keys()].sort()).toEqual([...names, 'resetAdHocDarwinSignature'].sort());
});

test('what would let somebody run other code in the booth is off, what guards it is on', () => {
  expect(Object.fromEntries(stated)).toMatchObject({
    runAsNode: 'false',
    enableNodeOptionsEnvironmentVariable: 'false',
    enableNodeCliInspectArguments: 'false',
    grantFileProtocolExtraPrivileges: 'false',
    enableCookieEncryption: 'true',
    enableEmbeddedAsarIntegrityValidation: 'true',
    onlyLoadAppFromAsar: 'true',
  });
  expect(settings).toMatch(/^asar: true$/m);
});
