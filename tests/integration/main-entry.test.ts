import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { build, isStale } from '../../electron/launch/build.ts';
import { projectRoot } from '../../electron/launch/paths.ts';

const root = projectRoot();
const built = join(root, 'dist/main/main.js');
const folder = mkdtempSync(join(tmpdir(), 'main-entry-'));
/** Beside the built one, so that it finds the same chunks and packages. */
const waiting = join(root, 'dist/main/main-waiting.test.js');
/** Milliseconds in which the entry has to settle: Electron becomes ready no sooner. */
const within = 2_000;

beforeAll(async () => {
  if (isStale(root)) await build(root);
}, 120_000);
afterAll(() => {
  rmSync(waiting, { force: true });
  rmSync(folder, { recursive: true, force: true });
});

/** What became of importing `entry` with an app that never becomes ready. */
async function importing(entry: string): Promise<string> {
  const child = fork(join(root, 'tests/fixtures/electron/never-ready.ts'), [entry], {
    env: { ...process.env, PHONOMATON_DATA: join(folder, 'data') },
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  try {
    const told = new Promise<string>((resolve) => child.once('message', (message) => resolve(String(message))));
    const ended = exited.then((code) => `ended with ${code}`);
    return await Promise.race([told, ended, pause(within, 'still waiting', { ref: false })]);
  } finally {
    child.kill('SIGKILL');
    await exited;
  }
}

test('the built main settles though the app is not ready', async () => {
  expect(await importing(built)).toBe('settled');
});

test('it would not if it waited for the shell at top level: then there is never a window', async () => {
  const source = readFileSync(built, 'utf8');
  const changed = source.replace(/^runShell\(|^void runShell\(/m, 'await runShell(');
  expect(changed).not.toBe(source);
  writeFileSync(waiting, changed);
  expect(await importing(waiting)).toBe('still waiting');
});
