import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

export interface Roots {
  folders: readonly string[];
  platform: NodeJS.Platform;
}

/** Where disks and sticks are plugged in. */
const mounts = ['/media', '/run/media', '/mnt', '/Volumes'];

/**
 * Below which folders an export may go: the person's own, and what is plugged in. On Windows every drive but the system's
 * counts as plugged in. Nothing of the system's is written to, whoever may.
 */
export function rootsOf(platform: NodeJS.Platform = process.platform, home = homedir()): Roots {
  if (platform !== 'win32') return { folders: [home, ...mounts], platform };
  const system = (process.env.SystemDrive ?? 'C:').toUpperCase();
  const drives = Array.from({ length: 26 }, (_, n) => `${String.fromCharCode(65 + n)}:`);
  return { folders: [home, ...drives.filter((drive) => drive !== system).map((drive) => `${drive}\\`)], platform };
}

/**
 * Whether a full path is one of the roots or lies below one, by its words alone: nothing is looked at. Hidden folders are a
 * program's own (settings, keys, what starts by itself), and no place for an export.
 */
export function isBelow(path: string, { folders, platform }: Roots): boolean {
  const { relative, isAbsolute, sep } = platform === 'win32' ? win32 : posix;
  return folders.some((root) => {
    const way = relative(root, path);
    if (way === '') return true;
    if (isAbsolute(way)) return false;
    return way.split(sep).every((step) => !step.startsWith('.'));
  });
}
