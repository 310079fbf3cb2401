import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { givenSigns, signVariable } from './sign.ts';
import type { StartOptions } from './start-options.ts';
import { say, warn } from './words.ts';

/** Milliseconds. All of them are arguments, for tests. */
export interface Patience {
  /** Without a window, not counting the time in which the studio opens. */
  window: number;
  /** While the studio opens: a large library is checked, and takes that a crash left open are repaired. */
  opening: number;
  /** An Electron that ends badly within this of its start did not come up, though a window may have been there. */
  steady: number;
  /** From being asked to end until it is ended by force. */
  ending: number;
}
const usual: Patience = { window: 20_000, opening: 120_000, steady: 10_000, ending: 3_000 };

/** How often the file of signs is read, in milliseconds. */
const lookEvery = 100;
/** What is kept of what Electron printed, in characters; its last lines are shown when it did not come up. */
const keptOutput = 8_000;
const shownLines = 12;
/** How long what it printed last may take to arrive once it has ended, in milliseconds. */
const lastWords = 500;
/** A second Ctrl-C this long after the first is somebody's who does not want to wait. */
const impatientAfter = 1_000;

/**
 * Runs Electron on the built main process until it ends; answers its exit code, or null when no window came up: it ended
 * before, or showed none in time and was ended here. What it printed has been told by then.
 */
export async function runElectron(
  executable: string,
  root: string,
  options: StartOptions,
  patience: Partial<Patience> = {},
): Promise<number | null> {
  const limits = { ...usual, ...patience };
  const args = [root];
  if (process.getuid?.() === 0) {
    warn('Lancé en root : sans bac à sable.', 'Started as root: without the sandbox.');
    args.unshift('--no-sandbox');
  }
  if (options.demo) args.push('--demo');
  if (options.display !== null) args.push(`--booth-display=${options.display}`);
  say('La cabine s’ouvre ; Ctrl-C pour finir.', 'The booth opens; Ctrl-C ends it.');
  const folder = mkdtempSync(join(tmpdir(), 'phonomaton-start-'));
  const signs = join(folder, 'signs');
  // Set by some editors' terminals; it would turn Electron into a plain Node.
  const { ELECTRON_RUN_AS_NODE: _, ...environment } = process.env;
  const child = spawn(executable, args, {
    stdio: ['inherit', 'pipe', 'pipe'],
    env: { ...environment, [signVariable]: signs },
    // A group of its own: it can be ended with its helpers, and a terminal's Ctrl-C reaches it once, from here.
    detached: process.platform !== 'win32',
  });
  const printed = tail(child);
  const letGo = passSignals(child);
  try {
    const begun = performance.now();
    const end = ended(child);
    const closed = new Promise((resolve) => child.once('close', resolve));
    const outcome = await Promise.race([end, noWindow(signs, limits, end)]);
    if (outcome === 'noWindow') {
      await endGroup(child, end, limits.ending);
      tellPrinted(printed());
      warn(
        `Electron n’a pas ouvert de fenêtre en ${seconds(limits.window)} s ; il est arrêté.`,
        `Electron opened no window in ${seconds(limits.window)} s; it was ended.`,
      );
      return letGo.asked() ? 0 : null;
    }
    const given = givenSigns(signs);
    if (letGo.asked()) return 0;
    if (given.includes('told')) return outcome ?? 1;
    if (outcome === 0 && (given.includes('window') || given.includes('elsewhere'))) return 0;
    if (given.includes('window') && performance.now() - begun >= limits.steady) return outcome ?? 1;
    // Its helpers may live on in its group, and hold its streams open.
    killGroup(child, 'SIGKILL');
    await Promise.race([closed, pause(lastWords)]);
    tellPrinted(printed());
    return null;
  } finally {
    letGo();
    rmSync(folder, { recursive: true, force: true });
  }
}

const seconds = (ms: number) => Math.round(ms / 100) / 10;

/** The exit code; null for one that could not be started or was killed. */
function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.on('error', () => resolve(null));
    child.on('exit', (code) => resolve(code));
  });
}

/** Settles when there is no window in time; never when one came, or the process ended. */
async function noWindow(signs: string, limits: Patience, end: Promise<unknown>): Promise<'noWindow'> {
  let over = false;
  end.then(() => {
    over = true;
  });
  let since = performance.now();
  let last = '';
  while (!over) {
    const given = givenSigns(signs);
    if (given.some((sign) => sign === 'window' || sign === 'told' || sign === 'elsewhere')) break;
    const stage = given.at(-1) ?? '';
    if (stage !== last) since = performance.now();
    last = stage;
    if (performance.now() - since > (stage === 'opening' ? limits.opening : limits.window)) return 'noWindow';
    await pause(lookEvery);
  }
  return new Promise(() => undefined);
}

/** Passes on what it prints, and keeps the end of it. */
function tail(child: ChildProcess): () => string {
  let kept = '';
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    from?.setEncoding('utf8').on('data', (text: string) => {
      kept = (kept + text).slice(-keptOutput);
      if (to.write(text)) return;
      from.pause();
      to.once('drain', () => from.resume());
    });
  }
  return () => kept;
}

function tellPrinted(printed: string): void {
  const lines = printed.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (lines.length === 0) warn('Electron n’a rien dit.', 'Electron said nothing.');
  else warn('Les derniers mots d’Electron :', 'Electron’s last words:');
  for (const line of lines.slice(-shownLines)) console.error(`  ${line.slice(0, 500)}`);
}

/** Hands the signals that end this on to Electron, once: a second one within a moment would kill it while it closes. */
function passSignals(child: ChildProcess): { (): void; asked(): boolean } {
  let at = Number.NEGATIVE_INFINITY;
  const pass = (signal: NodeJS.Signals) => {
    const now = performance.now();
    if (now - at < impatientAfter) return;
    at = now;
    child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, pass);
  const letGo = () => {
    for (const signal of signals) process.off(signal, pass);
  };
  return Object.assign(letGo, { asked: () => at > Number.NEGATIVE_INFINITY });
}

/** Asks it to end, and ends what is left of it by force; settles when it has ended. */
async function endGroup(child: ChildProcess, end: Promise<unknown>, ms: number): Promise<void> {
  if (process.platform !== 'win32') killGroup(child, 'SIGTERM');
  await Promise.race([end, pause(process.platform === 'win32' ? 0 : ms)]);
  killGroup(child, 'SIGKILL');
  await end;
}

/** The process and its helpers: its own group, or on Windows its tree. Harmless when they are gone. */
function killGroup(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', `${child.pid}`, '/T', '/F'], { windowsHide: true });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}
