import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runElectron } from '../../../electron/launch/start-electron.ts';
import { readStartOptions } from '../../../electron/launch/start-options.ts';

let folder: string;
let said: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'start-electron-'));
  said = [];
  vi.spyOn(console, 'error').mockImplementation((line: string) => void said.push(line));
  vi.spyOn(console, 'log').mockReturnValue();
  // Garbage belongs in no terminal.
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const sign = (name: string) => `echo ${name} >> "$PHONOMATON_SIGN"`;
/** A program in Electron's place; its pid is noted, and that of a helper it starts in `sleeper`. */
function program(lines: string): string {
  const path = join(folder, 'electron');
  writeFileSync(path, `#!/bin/sh\necho $$ > ${folder}/pid\n${lines}\n`);
  chmodSync(path, 0o755);
  return path;
}
const short = { window: 700, opening: 1_500, steady: 2_000, ending: 300 };
const run = (path: string) => runElectron(path, '/project', readStartOptions([]), short);

/** Whether a noted process still runs; a zombie has ended. */
function lives(file: string): boolean {
  const pid = readFileSync(join(folder, file), 'utf8').trim();
  if (!existsSync(`/proc/${pid}/stat`)) return false;
  return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
}

test('Electron gets the project and the options that concern it', async () => {
  process.env.ELECTRON_RUN_AS_NODE = '1';
  try {
    const options = readStartOptions(['--demo', '--display', '1']);
    const path = program(`echo "$ELECTRON_RUN_AS_NODE|$@" > ${folder}/told\n${sign('window')}`);
    expect(await runElectron(path, '/project', options, short)).toBe(0);
  } finally {
    delete process.env.ELECTRON_RUN_AS_NODE;
  }
  const told = readFileSync(join(folder, 'told'), 'utf8');
  expect(told).toMatch(/^\|/);
  expect(told).toMatch(/\/project --demo --booth-display=1$/m);
});

const garbage = `head -c 300000 /dev/urandom; head -c 300000 /dev/urandom >&2`;
const helper = `sleep 600 & echo $! > ${'$'}(dirname $0)/sleeper`;
/** What a binary in Electron's place does, and what `npm start` answers: a code, or null for “open the browser”. */
const binaries: [what: string, does: string, answer: number | null, words?: RegExp][] = [
  ['opens a window, and is closed later', `${sign('opening')}; ${sign('opened')}; ${sign('window')}; sleep 1`, 0],
  ['opens a window, and fails long after', `${sign('window')}; sleep 2.2; exit 7`, 7],
  ['opens a window, and falls over at once', `${sign('window')}; echo no GPU >&2; exit 7`, null, /no GPU/],
  ['takes its time with a large library', `${sign('opening')}; sleep 1; ${sign('opened')}; ${sign('window')}`, 0],
  ['says in a dialog why it cannot start', `${sign('opening')}; ${sign('told')}; sleep 1; exit 1`, 1],
  ['brings the one that runs to the front', sign('elsewhere'), 0],
  ['never shows a window', `${helper}; echo waiting for ready; sleep 600`, null, /waiting for ready/],
  ['never shows a window, and will not end', `${helper}; trap '' TERM; sleep 600; sleep 600`, null, /rien dit/],
  ['opens the studio for ever', `${sign('opening')}; sleep 600`, null, /rien dit/],
  ['shows no window though the studio is open', `${sign('opening')}; ${sign('opened')}; sleep 600`, null],
  ['dies at once', 'echo cannot open shared object >&2; exit 127', null, /cannot open shared object/],
  ['ends at once as if all were well', 'exit 0', null],
  ['is killed at once', 'kill -KILL $$', null],
  ['dies after a while, before any window', `sleep 0.5; echo gone >&2; exit 1`, null, /gone/],
  ['prints garbage and shows nothing', `${garbage}; sleep 600`, null],
  ['prints garbage into the place of signs', `head -c 3000 /dev/urandom > "$PHONOMATON_SIGN"; sleep 600`, null],
  ['prints garbage for ever', 'cat /dev/urandom', null],
];

test.each(binaries)('a binary that %s', async (_, does, answer, words) => {
  const begun = performance.now();
  expect(await run(program(does))).toBe(answer);
  // The longest wait a limit allows, and a busy machine's own.
  expect(performance.now() - begun).toBeLessThan(8_000);
  if (words) expect(said.join('\n')).toMatch(words);
  // Whatever it was, it is gone, and so is what it started.
  expect(lives('pid')).toBe(false);
  if (existsSync(join(folder, 'sleeper'))) await vi.waitFor(() => expect(lives('sleeper')).toBe(false));
});

test('one that is not there, is no program or may not be run did not come up', async () => {
  expect(await run('/nowhere/electron')).toBeNull();
  const path = join(folder, 'text');
  writeFileSync(path, 'half a download', { mode: 0o644 });
  expect(await run(path)).toBeNull();
  chmodSync(path, 0o755);
  expect(await run(path)).toBeNull();
});
