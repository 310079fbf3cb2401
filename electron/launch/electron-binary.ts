import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Path of the Electron executable where it is there already, else null. The `electron` package itself is never loaded:
 * doing so downloads.
 */
export function findElectron(root: string, environment: NodeJS.ProcessEnv = process.env): string | null {
  const folder = join(root, 'node_modules/electron');
  const named = join(folder, 'path.txt');
  const name = existsSync(named) ? readFileSync(named, 'utf8') : 'electron';
  const path = join(environment.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), name);
  return existsSync(path) ? path : null;
}

export interface FetchOptions {
  root: string;
  environment?: NodeJS.ProcessEnv;
  /** Tries again although the last attempt failed. */
  retry?: boolean;
  /** Answers whether the download's host can be reached at all. */
  reachable?: (url: string) => Promise<boolean>;
  /** Runs the package's own downloader until the signal; answers whether it succeeded. */
  download?: (script: string, signal: AbortSignal) => Promise<boolean>;
  now?: () => number;
}

/** How long a failure is remembered: a day, so that a start at the next stand asks again. */
const memoryMs = 24 * 60 * 60 * 1000;
/** A cached archive is unpacked within this, even when the host is out of reach. */
const graceMs = 8_000;
const downloadMs = 10 * 60 * 1000;

/**
 * Lets the `electron` package download its binary, unless a failure is remembered for this install. Answers the
 * executable's path, or why there is none: `remembered`, `unreachable` or `failed`.
 */
export async function fetchElectron(options: FetchOptions): Promise<{ path: string } | { missing: string }> {
  const { root, environment = process.env, now = Date.now, reachable = canReach, download = runDownloader } = options;
  const memory = join(root, 'node_modules/.cache/phonomaton/no-electron');
  const failedAt = statSync(memory, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (!options.retry && now() - failedAt < memoryMs) return { missing: 'remembered' };

  const stop = new AbortController();
  let limit = setTimeout(() => stop.abort(), downloadMs);
  const probe = behindProxy(environment) ? Promise.resolve(true) : reachable(archiveUrl(root, environment));
  const cut = probe.then((there) => {
    if (there || stop.signal.aborted) return;
    clearTimeout(limit);
    limit = setTimeout(() => stop.abort(), graceMs);
  });
  const done = await download(join(root, 'node_modules/electron/install.js'), stop.signal);
  const unreachable = !done && !(await probe);
  await cut;
  clearTimeout(limit);

  const path = findElectron(root, environment);
  if (done && path) {
    rmSync(memory, { force: true });
    return { path };
  }
  mkdirSync(dirname(memory), { recursive: true });
  writeFileSync(memory, '');
  return { missing: unreachable ? 'unreachable' : 'failed' };
}

function archiveUrl(root: string, environment: NodeJS.ProcessEnv): string {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'));
  const mirror = environment.ELECTRON_MIRROR ?? environment.npm_config_electron_mirror;
  const base = mirror ?? 'https://github.com/electron/electron/releases/download/';
  return new URL(`v${version}/electron-v${version}-${process.platform}-${process.arch}.zip`, base).href;
}

/** Behind a proxy only the downloader itself can tell. */
function behindProxy(environment: NodeJS.ProcessEnv): boolean {
  return Boolean(environment.HTTPS_PROXY ?? environment.https_proxy);
}

async function canReach(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}

function runDownloader(script: string, signal: AbortSignal): Promise<boolean> {
  const child = spawn(process.execPath, [script], { stdio: 'ignore', signal, killSignal: 'SIGKILL' });
  return new Promise((resolve) => {
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}
