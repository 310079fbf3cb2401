import { statfs } from 'node:fs/promises';
import type { HealthCheck } from '../../../shared/contract/health.ts';

/** A master at 48 kHz, 24 bits, mono fills this many bytes a minute; renditions and copies take about as much again. */
const bytesAMinute = 48_000 * 3 * 60 * 2;
/** Below these many minutes the booth invites nobody. */
const fullMinutes = 10;

/** Bytes that may still be written in `dir`. */
export async function freeBytes(dir: string): Promise<number> {
  const { bavail, bsize } = await statfs(dir);
  return bavail * bsize;
}

export function minutesLeft(bytes: number): number {
  return Math.floor(bytes / bytesAMinute);
}

export function hasRoom(bytes: number): boolean {
  return minutesLeft(bytes) >= fullMinutes;
}

/** `low`: there is room for recordings alone, so that everything else waits. */
export async function checkDisk(free: () => Promise<number>, kept: number): Promise<HealthCheck> {
  const bytes = await free();
  const minutes = minutesLeft(bytes);
  const figures = { minutes };
  if (minutes < fullMinutes) return { id: 'disk', severity: 'bad', code: 'full', figures };
  if (bytes <= kept) return { id: 'disk', severity: 'notice', code: 'low', figures };
  return { id: 'disk', severity: 'good', code: 'ok', figures };
}
