import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, constants, mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { FolderProblem } from '../../../shared/domain/batch.ts';
import { isBelow, type Roots } from './roots.ts';

/** SHA-256 (hex) and size of a file; undefined when it is not there. */
export async function digest(path: string): Promise<{ sha256: string; bytes: number } | undefined> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const part of createReadStream(path)) {
      hash.update(part);
      bytes += part.length;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return { sha256: hash.digest('hex'), bytes };
}

export const draftOf = (folder: string, name: string) => join(folder, `.${name}.part`);

/** A draft gets its name: sync, rename, sync the folder. */
export async function settle(folder: string, name: string): Promise<void> {
  const draft = draftOf(folder, name);
  const file = await open(draft, 'r+');
  await file.sync();
  await file.close();
  await rename(draft, join(folder, name));
  // Folders cannot be synced everywhere (Windows, some sticks); there the file system has its own way.
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

export async function discard(folder: string, name: string): Promise<void> {
  await rm(draftOf(folder, name), { force: true }).catch(() => undefined);
}

const inside = (parent: string, child: string) => {
  const way = relative(parent, child);
  return way === '' || (!way.startsWith(`..${sep}`) && way !== '..' && !isAbsolute(way));
};

/**
 * What speaks against exporting into a folder; undefined when nothing does. First by its words, without looking at anything;
 * then by where it really leads, with one answer for everything that is wrong there.
 */
export async function folderProblem(folder: string, dataDir: string, roots: Roots): Promise<FolderProblem | undefined> {
  if (!isAbsolute(folder) || folder.includes('\0')) return 'notAbsolute';
  const wanted = resolve(folder);
  if (inside(resolve(dataDir), wanted)) return 'insideData';
  if (!isBelow(wanted, roots)) return 'notAllowed';
  try {
    const real = await realpath(wanted);
    const folders = await Promise.all(roots.folders.map((root) => realpath(root).catch(() => root)));
    if (inside(await realpath(resolve(dataDir)), real) || !isBelow(real, { ...roots, folders })) return 'notUsable';
    if (!(await stat(real)).isDirectory()) return 'notUsable';
    await access(real, constants.W_OK | constants.X_OK);
    return undefined;
  } catch {
    return 'notUsable';
  }
}

/** Makes a folder that nothing stood in before: `name`, else `name-2`, `name-3` … Answers its path. */
export async function freshFolder(parent: string, name: string): Promise<string> {
  for (let turn = 1; ; turn++) {
    const path = join(parent, turn === 1 ? name : `${name}-${turn}`);
    try {
      await mkdir(path);
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || turn > 999) throw error;
    }
  }
}

export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (info) => info.isDirectory(),
    () => false,
  );
}
