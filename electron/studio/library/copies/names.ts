import { existsSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';

/** `library-000012-2026-01-01T10-00-00.000Z.db`; copies of older versions have no number and count as the oldest. */
const copyName = /^library-(?:(\d{6,})-)?(\d{4}-.+)\.db$/;
const asideName = /^library\.db\.damaged-(.+?)(-wal|-shm)?$/;

export const copiesFolder = (dir: string): string => join(dir, 'backups');

/** A copy of the library that was found sound before it got its name. */
export interface Copy {
  path: string;
  /** Counts up whatever the clock does: the order of copies is the order of their numbers. */
  number: number;
  /** What the clock said when it was made (ISO 8601). */
  at: string;
}

const stampOf = (at: Date) => at.toISOString().replaceAll(':', '-');
const instantOf = (stamp: string) => stamp.replace(/T(\d\d)-(\d\d)-/, 'T$1:$2:');

function matching(folder: string, pattern: RegExp): { path: string; found: RegExpExecArray }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const found = pattern.exec(name);
    return found === null ? [] : [{ path: join(folder, name), found }];
  });
}

/** Copies of the library, newest first. */
export function copiesOf(dir: string): Copy[] {
  return matching(copiesFolder(dir), copyName)
    .map(({ path, found }) => ({ path, number: Number(found[1] ?? 0), at: instantOf(found[2] ?? '') }))
    .sort((a, b) => b.number - a.number || (a.at < b.at ? 1 : -1));
}

/** Where the next copy goes. */
export function nextCopy(dir: string, at: Date): string {
  const number = (copiesOf(dir)[0]?.number ?? 0) + 1;
  return join(copiesFolder(dir), `library-${String(number).padStart(6, '0')}-${stampOf(at)}.db`);
}

/** Sets a damaged database aside, with its log. */
export function setAside(path: string, at: Date): void {
  const stamp = stampOf(at);
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, `${path}.damaged-${stamp}${suffix}`);
  }
}

/** Damaged databases that were set aside, newest first, each with the files that belong to it. */
export function asides(dir: string): { at: string; path: string; files: string[] }[] {
  const found = Map.groupBy(matching(dir, asideName), (entry) => entry.found[1] ?? '');
  return [...found]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([stamp, entries]) => ({
      at: instantOf(stamp),
      path: join(dir, `library.db.damaged-${stamp}`),
      files: entries.map(({ path }) => path),
    }));
}
