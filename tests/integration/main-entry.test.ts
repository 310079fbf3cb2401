import { fork, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { build, isStale } from '../../electron/launch/build.ts';
import { projectRoot } from '../../electron/launch/paths.ts';
import { script, stillRunning } from '../fixtures/programs.ts';

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
    const ended = exited.then((code) => `ended with ${code}`);
    const told = () => new Promise<string>((resolve) => child.once('message', (message) => resolve(String(message))));
    // A busy machine's time to start a process is not the entry's.
    expect(await Promise.race([told(), ended])).toBe('begins');
    return await Promise.race([told(), ended, pause(within, 'still waiting', { ref: false })]);
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

test.each([
  ['dies at once', 'echo "libgtk is missing" >&2; exit 127', /libgtk is missing/],
  // The real twenty seconds.
  ['never shows a window', 'echo "waiting for ready"; sleep 600 & wait', /waiting for ready[\s\S]*20 s/],
])('npm start opens the browser where Electron %s', async (name, does, words) => {
  const place = join(folder, name.replaceAll(' ', '-'));
  const electron = script(join(place, 'electron'), does);
  const chromium = script(join(place, 'chromium'), `echo "$@" > ${place}/opened; exec sleep 600`);
  const child = spawn(process.execPath, [join(root, 'electron/launch/run.mjs'), 'start'], {
    env: {
      ...process.env,
      PHONOMATON_DATA: join(place, 'data'),
      PHONOMATON_CHROMIUM: chromium,
      ELECTRON_OVERRIDE_DIST_PATH: place,
      DISPLAY: ':99',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  const exited = new Promise((resolve) => child.once('exit', resolve));
  try {
    await vi.waitFor(() => expect(existsSync(join(place, 'opened')), said).toBe(true), {
      timeout: 60_000,
      interval: 100,
    });
    expect(readFileSync(join(place, 'opened'), 'utf8')).toMatch(/http:\/\/127\.0\.0\.1:\d+/);
    expect(said).toMatch(words);
    expect(stillRunning(electron)).toEqual([]);
  } finally {
    child.kill('SIGTERM');
  }
  expect(await exited).toBe(0);
  await vi.waitFor(() => expect(stillRunning(chromium)).toEqual([]));
});
