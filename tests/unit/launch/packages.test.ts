import { expect, test } from 'vitest';
import { missingFor, type Need, needs } from '../../../electron/launch/packages.ts';
import { suites } from '../../../electron/launch/suites.ts';

const need = (name: string, wanted: string[], there: boolean): Need => ({
  name,
  debian: [name],
  suites: wanted,
  present: () => there,
});

test('only what is absent and wanted by a chosen suite is missing', () => {
  const all = [need('a', ['rig'], false), need('b', ['rig'], true), need('c', ['e2e'], false)];
  expect(missingFor(['rig', 'unit'], all).map(({ name }) => name)).toEqual(['a']);
  expect(missingFor([], all)).toEqual([]);
});

test('every need names suites that exist', () => {
  const names = suites.map(({ name }) => name);
  for (const { name, suites: wanted } of needs) {
    expect(wanted.length, name).toBeGreaterThan(0);
    for (const suite of wanted) expect(names).toContain(suite);
  }
});
