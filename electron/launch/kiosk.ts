import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { chromiumArguments, prepareProfile } from './browser.ts';

export interface BrowserWindow {
  /** Opens the window unless it is open already. */
  open(): void;
  /** Closes it for good; resolves when the browser is gone. */
  close(): Promise<void>;
}

export interface BrowserWindowOptions {
  executable: string;
  url: string;
  /** Folder in which the browser's profile is kept. */
  folder: string;
  kiosk: boolean;
  asRoot: boolean;
  /** Called when somebody closed the window by hand. */
  onClosed?: () => void;
  /** Called when the browser fell over `times` in a row; it opens again after `delayMs`, or stays away when that is null. */
  onFallen?: (times: number, delayMs: number | null) => void;
  start?: (executable: string, args: string[]) => ChildProcess;
  now?: () => number;
}

/** A browser that stood this long before it fell starts a new count. */
const steadyMs = 60_000;
const mostFalls = 6;

/** Wait before the nth reopening in a row: 0.5, 1, 2, 4, 8 s, then never. */
export function reopenDelay(falls: number): number | null {
  return falls >= mostFalls ? null : 500 * 2 ** (falls - 1);
}

/** A Chromium window that opens again by itself when the browser falls over, and stays shut when it is closed. */
export function browserWindow(options: BrowserWindowOptions): BrowserWindow {
  const { executable, url, folder, kiosk, asRoot, onClosed, onFallen, now = Date.now } = options;
  const start = options.start ?? ((path, args) => spawn(path, args, { stdio: 'ignore' }));
  const profile = join(folder, kiosk ? 'browser-booth' : 'browser-desk');
  let child: ChildProcess | null = null;
  let reopening: NodeJS.Timeout | undefined;
  let falls = 0;
  let ending = false;

  function open(): void {
    if (child || ending) return;
    clearTimeout(reopening);
    prepareProfile(profile, new URL(url).origin);
    const openedAt = now();
    const started = start(executable, chromiumArguments({ url, profile, kiosk, asRoot }));
    child = started;
    const gone = (code: number | null) => {
      if (child !== started) return;
      child = null;
      if (ending) return;
      if (code === 0) {
        onClosed?.();
        return;
      }
      falls = now() - openedAt > steadyMs ? 1 : falls + 1;
      const delay = reopenDelay(falls);
      onFallen?.(falls, delay);
      if (delay !== null) reopening = setTimeout(open, delay);
    };
    started.once('error', () => gone(null));
    started.once('exit', gone);
  }

  async function close(): Promise<void> {
    ending = true;
    clearTimeout(reopening);
    const running = child;
    if (!running || running.exitCode !== null) return;
    const exited = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGTERM');
    const force = setTimeout(() => running.kill('SIGKILL'), 3_000);
    await exited;
    clearTimeout(force);
  }

  return { open, close };
}
