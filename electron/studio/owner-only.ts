import { isMainThread } from 'node:worker_threads';

/**
 * From here on everything this process and its programs make is for its owner alone: the library's log and memory (SQLite
 * makes them as it finds the library), drafts, copies, exports, what ffmpeg writes. Called once by what starts the studio,
 * before it is built: the mask is the whole process's.
 */
export function forOwnerOnly(): void {
  // Threads share the mask and may not set it.
  if (isMainThread) process.umask(0o077);
}
