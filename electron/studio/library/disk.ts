import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Makes a folder's entries durable; Windows cannot open folders, and needs no such thing. Throws what the disk throws. */
export function syncFolderNow(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** SQLite found the file damaged, as against a disk that is full or a folder that may not be written. */
export function isDamage(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_NOTADB') || codeOf(error).startsWith('SQLITE_CORRUPT');
}

/** No room: SQLite's word for it, the disk's own, or a quota's. */
export function isFull(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_FULL') || ['ENOSPC', 'EDQUOT'].includes(codeOf(error));
}

/** A statement SQLite does not understand: of a file whose schema lost a line, for one. */
export function isSqlError(error: unknown): boolean {
  return codeOf(error) === 'SQLITE_ERROR';
}
