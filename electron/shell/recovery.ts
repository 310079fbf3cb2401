import type { WebContents } from 'electron';
import type { Log } from './log.ts';

type Watched = Pick<WebContents, 'on' | 'reload' | 'forcefullyCrashRenderer' | 'isDestroyed'>;

export interface RecoveryOptions {
  log: Log;
  now?: () => number;
  later?: (work: () => void, ms: number) => { cancel: () => void };
}

/** First wait and longest wait before a page is loaded again. */
const firstMs = 500;
const longestMs = 30_000;
/** A page that stood this long starts a new count. */
const steadyMs = 60_000;
/** A page that does not answer for this long is taken down; the sound it recorded is with the studio already. */
const patienceMs = 10_000;
/** Chromium's code for a load that another one replaced. */
const aborted = -3;

/** Wait before the nth reload in a row, in milliseconds: 500, 1000, 2000 … 30 000. */
export function reloadDelay(falls: number): number {
  return Math.min(longestMs, firstMs * 2 ** Math.max(0, falls - 1));
}

/** Loads a page again when its process is gone, when it hangs, and when it could not be loaded. Never gives up. */
export function reviveContents(contents: Watched, options: RecoveryOptions): void {
  const { log, now = Date.now, later = timer } = options;
  let falls = 0;
  let fellAt = Number.NEGATIVE_INFINITY;
  let waiting: { cancel: () => void } | null = null;
  let patience: { cancel: () => void } | null = null;

  function reloadLater(why: string, details: Record<string, unknown>): void {
    patience?.cancel();
    patience = null;
    if (waiting) return;
    falls = now() - fellAt > steadyMs ? 1 : falls + 1;
    fellAt = now();
    const delay = reloadDelay(falls);
    log(`page ${why}, loading it again in ${delay} ms`, details);
    waiting = later(() => {
      waiting = null;
      if (!contents.isDestroyed()) contents.reload();
    }, delay);
  }

  contents.on('render-process-gone', (_event, details) => reloadLater('gone', { ...details }));
  contents.on('did-fail-load', (_event, errorCode, description, url, isMainFrame) => {
    if (isMainFrame && errorCode !== aborted) reloadLater('not loaded', { errorCode, description, url });
  });
  contents.on('unresponsive', () => {
    patience ??= later(() => {
      patience = null;
      log('page hangs, taking it down', {});
      if (!contents.isDestroyed()) contents.forcefullyCrashRenderer();
    }, patienceMs);
  });
  contents.on('responsive', () => {
    patience?.cancel();
    patience = null;
  });
}

function timer(work: () => void, ms: number): { cancel: () => void } {
  const handle = setTimeout(work, ms);
  return { cancel: () => clearTimeout(handle) };
}
