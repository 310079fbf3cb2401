import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runElectron } from '../../../electron/launch/start-electron.ts';
import { readStartOptions } from '../../../electron/launch/start-options.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'start-electron-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program in Electron's place that notes what it was started with and ends with a code. */
function program(code: number): string {
  const path = join(folder, 'electron');
  writeFileSync(path, `#!/bin/sh\necho "$ELECTRON_RUN_AS_NODE|$@" > ${folder}/told\nexit ${code}\n`);
  chmodSync(path, 0o755);
  return path;
}

test('Electron gets the project and the options that concern it', async () => {
  process.env.ELECTRON_RUN_AS_NODE = '1';
  try {
    const options = readStartOptions(['--demo', '--display', '1']);
    expect(await runElectron(program(0), '/project', options)).toBe(0);
  } finally {
    delete process.env.ELECTRON_RUN_AS_NODE;
  }
  const told = readFileSync(join(folder, 'told'), 'utf8');
  expect(told).toMatch(/^\|/);
  expect(told).toMatch(/\/project --demo --booth-display=1$/m);
});

test('one that falls over at once, or cannot be run at all, did not come up', async () => {
  expect(await runElectron(program(127), '/project', readStartOptions([]))).toBeNull();
  expect(await runElectron('/nowhere/electron', '/project', readStartOptions([]))).toBeNull();
});
