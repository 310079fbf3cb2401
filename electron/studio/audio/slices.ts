import { setImmediate as nextTurn } from 'node:timers/promises';

/** Longest stretch of arithmetic before the event loop gets its turn, in milliseconds. */
const sliceMs = 4;

/**
 * Runs work that yields now and then, a few milliseconds at a time, so that the chunks of a running recording are
 * never kept waiting. Stops between slices when `signal` is aborted, with the signal's reason.
 */
export async function inSlices<T>(work: Generator<void, T>, signal?: AbortSignal): Promise<T> {
  let since = performance.now();
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    if (performance.now() - since < sliceMs) continue;
    await nextTurn();
    signal?.throwIfAborted();
    since = performance.now();
  }
}
