import { uptime } from 'node:os';

/** Smaller differences are the coarseness of the system's own count, in milliseconds. */
const coarseMs = 5000;

/**
 * Milliseconds that pass as time does, whatever the wall clock is set to. The process's own count stands still while a
 * laptop sleeps (on Linux and Windows), so the system's is asked for what the process missed.
 */
export function steadyClock(
  process: () => number = () => performance.now(),
  system: () => number = () => uptime() * 1000,
): () => number {
  const apart = system() - process();
  let missed = 0;
  return () => {
    const at = process();
    const gap = system() - at - apart;
    if (Math.abs(gap - missed) > coarseMs) missed = gap;
    return at + missed;
  };
}
