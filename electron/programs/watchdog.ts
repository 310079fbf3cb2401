export interface WatchdogLimits {
  /** Milliseconds without a sign of life while nothing is owed to the program. */
  silentMs: number;
  /** Milliseconds for the whole of it. */
  totalMs: number;
}

/**
 * Watches over a running program. Time is counted in ticks of a timer and not by a clock: a laptop that sleeps, or an
 * event loop that is busy, is not the program's silence.
 */
export function watchdog(
  limits: WatchdogLimits,
  /** Whether the program waits for this side: for input in the making, or for its output to be taken. */
  owed: () => boolean,
  onHung: (why: string) => void,
): { alive(): void; stop(): void } {
  const tick = Math.max(5, Math.min(500, limits.silentMs / 8));
  let silent = 0;
  let total = 0;
  const timer = setInterval(() => {
    total += tick;
    silent = owed() ? 0 : silent + tick;
    if (silent >= limits.silentMs) onHung(`silent for ${limits.silentMs} ms`);
    else if (total >= limits.totalMs) onHung(`not done after ${limits.totalMs} ms`);
  }, tick);
  return {
    alive: () => {
      silent = 0;
    },
    stop: () => clearInterval(timer),
  };
}
