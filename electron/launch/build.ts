import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the bundles are made from; a change in any of it makes them stale. */
const sources = ['electron', 'renderer', 'shared', 'resources', 'vite.config.ts', 'package.json', 'package-lock.json'];
/** Written last, so that a build cut short is never taken for a whole one. */
const stamp = join('dist', '.built');

/** Whether dist/ is missing or older than any source. */
export function isStale(root: string): boolean {
  const built = statSync(join(root, stamp), { throwIfNoEntry: false })?.mtimeMs;
  return built === undefined || sources.some((source) => newest(join(root, source)) > built);
}

/** Latest change (milliseconds) of a file or of anything in a folder, the folders included so that removals count. */
function newest(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Builds pages, main and preload; rejects with the builder's own words when it fails. */
export async function build(root: string): Promise<void> {
  const begun = new Date();
  const child = spawn(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (output += part));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new Error(output.trim() || `vite build: ${code}`);
  markBuilt(root, begun);
}

/** Dates the stamp at the start of the build: a source changed meanwhile makes it stale. */
function markBuilt(root: string, begun: Date): void {
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(join(root, stamp), '');
  utimesSync(join(root, stamp), begun, begun);
}
