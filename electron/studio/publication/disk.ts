import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, constants, mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { FolderProblem } from '../../../shared/domain/batch.ts';

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

/** What speaks against exporting into a folder; undefined when nothing does. */
export async function folderProblem(folder: string, dataDir: string): Promise<FolderProblem | undefined> {
  if (!isAbsolute(folder) || folder.includes('\0')) return 'notAbsolute';
  const real = await realpath(folder).catch(() => undefined);
  if (real === undefined || !(await stat(real)).isDirectory()) return 'missing';
  if (inside(await realpath(resolve(dataDir)), real)) return 'insideData';
  const writable = await access(real, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  return writable ? undefined : 'notWritable';
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
