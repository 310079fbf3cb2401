import type { FileHandle } from 'node:fs/promises';
import * as promises from 'node:fs/promises';
import { dirname } from 'node:path';

/** What capture asks of the file system; passed in, so that tests can fill a disk. */
export interface Files {
  open(path: string, flags: string, mode?: number): Promise<FileHandle>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  chmod(path: string, mode: number): Promise<void>;
  mkdir(path: string, options: { recursive: true; mode?: number }): Promise<unknown>;
  readdir(path: string): Promise<string[]>;
  readFile(path: string, encoding: 'utf8'): Promise<string>;
}
export const realFiles: Files = promises;

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
export function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}
export function isThere(error: unknown): boolean {
  return codeOf(error) === 'EEXIST';
}
/** No room: the disk's own, or a quota's. */
export function isFull(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/** Makes the folder's entries durable: a file that was made, renamed or erased is so after a power cut too. */
export async function syncFolder(files: Files, path: string): Promise<void> {
  const folder = await files.open(path, 'r');
  try {
    await folder.sync();
  } catch (error) {
    // Windows cannot sync a folder and needs no such thing.
    if (!['EPERM', 'EISDIR', 'EINVAL'].includes(codeOf(error) ?? '')) throw error;
  } finally {
    await folder.close();
  }
}

/** Writes a small file so that it is there whole or not at all: write, sync, rename, sync of the folder. */
export async function writeDurably(files: Files, path: string, text: string): Promise<void> {
  const draft = `${path}.tmp`;
  const file = await files.open(draft, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await files.rename(draft, path);
  await syncFolder(files, dirname(path));
}

/** Erases a file; one that is not there is as good. */
export async function erase(files: Files, path: string): Promise<void> {
  try {
    await files.unlink(path);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}
