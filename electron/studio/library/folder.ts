import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

export type FolderTrouble = 'readOnly' | 'notAFolder' | 'cannotMake' | 'full';

/** The data folder cannot be worked in; found before anything in it is opened. */
export class FolderUnusable extends Error {
  override readonly name = 'FolderUnusable';
  readonly trouble: FolderTrouble;
  readonly folder: string;
  /** For `notAFolder`: the file that stands where a folder should be. */
  readonly obstacle: string | null;

  constructor(trouble: FolderTrouble, folder: string, cause: unknown) {
    const obstacle = trouble === 'notAFolder' ? nearest(folder) : null;
    super(`${trouble}: ${obstacle ?? folder}`, { cause });
    this.trouble = trouble;
    this.folder = folder;
    this.obstacle = obstacle;
  }
}

/**
 * Bytes that must find room: SQLite cannot even open a library without its shared-memory file (32 kB), a log, and the
 * page it is about to write.
 */
const leastBytes = 1024 * 1024;

/**
 * Makes the data folder where there is none, for its owner alone, and tries whether it can be written to: only writing
 * tells of read-only mounts, quotas and rights alike. Throws FolderUnusable.
 */
export function prepareFolder(dir: string): void {
  try {
    // Visitors' voices: nobody else's business on a shared computer.
    mkdirSync(dir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw unusable(dir, plainly(dir, error), 'cannotMake');
  }
  const trial = join(dir, `.trial-${randomUUID()}`);
  try {
    const file = openSync(trial, 'wx', 0o600);
    try {
      const block = Buffer.alloc(64 * 1024);
      for (let written = 0; written < leastBytes; ) written += writeSync(file, block);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw unusable(dir, error, 'readOnly');
  } finally {
    rmSync(trial, { force: true });
  }
}

/**
 * Takes every right of others from what lies in the data folder, whatever stood before: an older version's files, what came
 * out of a copy, what was made under another mask. A right its owner does not have is given to nobody (masters stay
 * read-only). Links are left alone, and so is what is not ours to change (a stick without rights, a file of another).
 */
export function closeToOthers(dir: string): void {
  if (process.platform === 'win32') return;
  narrow(dir);
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) closeToOthers(path);
    else if (entry.isFile()) narrow(path);
  }
}

function narrow(path: string): void {
  try {
    const { mode } = lstatSync(path);
    if ((mode & 0o077) !== 0) chmodSync(path, mode & 0o700);
  } catch {
    // Gone meanwhile, or not ours.
  }
}

function unusable(dir: string, error: unknown, otherwise: FolderTrouble): FolderUnusable {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return new FolderUnusable('full', dir, error);
  if (code === 'ENOTDIR' || code === 'EEXIST') return new FolderUnusable('notAFolder', dir, error);
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return new FolderUnusable('readOnly', dir, error);
  return new FolderUnusable(otherwise, dir, error);
}

/** Making several folders at once answers ENOENT on a read-only disk; making the first of them says why. */
function plainly(dir: string, error: unknown): unknown {
  const there = nearest(dir);
  const first = relative(there, dir).split(sep)[0];
  try {
    if (first) mkdirSync(join(there, first), { mode: 0o700 });
    return error;
  } catch (reason) {
    return reason;
  }
}

/** The nearest thing at or above `path` that is there. */
function nearest(path: string): string {
  for (let place = path; ; place = dirname(place)) {
    try {
      lstatSync(place);
      return place;
    } catch {
      if (place === dirname(place)) return path;
    }
  }
}
