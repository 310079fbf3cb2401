import { constants, type Stats } from 'node:fs';
import { access, open, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative, sep } from 'node:path';

/** Why a file is not run at all; what is not there and what is something else are one answer. */
export type Unfit = 'notAbsolute' | 'notThatProgram' | 'openToOthers';

export interface Wanted {
  /** A text every build of the program has in it. */
  mark: string;
  /** Folders nothing is run from: what is kept there came from elsewhere. */
  never: readonly string[];
}

/** First bytes of what a system runs by itself: ELF, PE, Mach-O (both orders, 64 bits) and its universal files. */
const heads = ['7f454c46', '4d5a', 'feedfacf', 'cffaedfe', 'cafebabe'];
/** Bytes of a program that are searched; the largest ffmpeg built as one file has about 150 MB. */
const mostSearched = 512 * 1024 * 1024;
const blockBytes = 1024 * 1024;

const inside = (parent: string, child: string) => {
  const way = relative(parent, child);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
};

/**
 * Looks at a file without running it: whether it is a program built for this kind of system that has the wanted one's mark in
 * it, and whether others than its owner could put something in its place. A script is none: what it does nobody can see from
 * outside. Undefined when it may be asked who it is.
 */
export async function unfit(path: string, { mark, never }: Wanted): Promise<Unfit | undefined> {
  if (!isAbsolute(path) || path.includes('\0')) return 'notAbsolute';
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined) return 'notThatProgram';
  for (const folder of never) {
    if (inside(await realpath(folder).catch(() => folder), real)) return 'notThatProgram';
  }
  const about = await stat(real).catch(() => undefined);
  if (!about?.isFile() || !(await mayRun(real))) return 'notThatProgram';
  if (!(await isBuilt(real, mark))) return 'notThatProgram';
  return (await openToOthers(real, about)) ? 'openToOthers' : undefined;
}

const mayRun = (path: string) =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

async function isBuilt(path: string, mark: string): Promise<boolean> {
  // Without waiting: a pipe that took the file's place would never answer.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(() => undefined);
  if (file === undefined) return false;
  try {
    if (!(await file.stat()).isFile()) return false;
    const wanted = Buffer.from(mark, 'latin1');
    const block = Buffer.alloc(blockBytes + wanted.length);
    let kept = 0;
    for (let at = 0; at < mostSearched; ) {
      const { bytesRead } = await file.read(block, kept, blockBytes, at);
      if (at === 0 && !heads.some((head) => block.toString('hex', 0, 4).startsWith(head))) return false;
      if (bytesRead === 0) return false;
      const there = kept + bytesRead;
      if (block.subarray(0, there).includes(wanted)) return true;
      at += bytesRead;
      // The mark may lie across two blocks.
      kept = Math.min(wanted.length, there);
      block.copy(block, 0, there - kept, there);
    }
    return false;
  } catch {
    return false;
  } finally {
    await file.close().catch(() => undefined);
  }
}

/** Whether somebody else than its owner, this user or the system's could change it, or the folders on the way to it. */
async function openToOthers(real: string, file: Stats): Promise<boolean> {
  if (process.platform === 'win32') return false;
  const own = process.getuid?.() ?? 0;
  const foreign = (about: Stats) => about.uid !== 0 && about.uid !== own;
  const writable = (about: Stats) => (about.mode & 0o002) !== 0;
  if (foreign(file) || writable(file)) return true;
  for (let folder = dirname(real), nearest = true; ; folder = dirname(folder), nearest = false) {
    const about = await stat(folder).catch(() => undefined);
    if (about === undefined || foreign(about)) return true;
    // In a folder with the sticky bit others may add files, but not take away what is there.
    if (writable(about) && (nearest || (about.mode & 0o1000) === 0)) return true;
    if (folder === dirname(folder)) return false;
  }
}
