import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { thirdParty } from '../../electron/launch/licences.ts';
import { projectRoot } from '../../electron/launch/paths.ts';

const listed = thirdParty();

test('the list of licences is up to date: npm run licences', () => {
  expect(readFileSync(join(projectRoot(), 'THIRD-PARTY-LICENCES.md'), 'utf8')).toBe(listed);
});

test('everything that ships may be passed on, and says under what', () => {
  const rows = [...listed.matchAll(/^\| (\S+) \| [\d.]+\S* \| (.+) \|$/gm)];
  expect(rows.length).toBeGreaterThan(20);
  for (const [, name, licence] of rows) expect(licence, name).toMatch(/^\(?(MIT|ISC|BSD|Apache|OFL|0BSD|BlueOak|CC0)/);
});
