export interface WatchdogLimits {
  /** Milliseconds without a sign of life while nothing is owed to the program. */
  silentMs: number;
  /** Milliseconds for the whole of it. */
  totalMs: number;
  /**
   * What is read has to lead somewhere: beside `restMs` it is given the time in which it brings `bytesASecond`, counted
   * in bytes that came out and never in what a file says of itself.
   */
  pace?: { restMs: number; bytesASecond: number };
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
): { alive(bytes?: number): void; stop(): void } {
  const tick = Math.max(5, Math.min(500, limits.silentMs / 8));
  let silent = 0;
  let total = 0;
  let worked = 0;
  let brought = 0;
  const { pace } = limits;
  const slow = () => pace !== undefined && worked > pace.restMs + (brought / pace.bytesASecond) * 1000;
  const timer = setInterval(() => {
    total += tick;
    if (!owed()) worked += tick;
    silent = owed() ? 0 : silent + tick;
    if (silent >= limits.silentMs) onHung(`silent for ${limits.silentMs} ms`);
    else if (total >= limits.totalMs) onHung(`not done after ${limits.totalMs} ms`);
    else if (slow()) onHung(`${brought} bytes in ${Math.round(worked)} ms`);
  }, tick);
  return {
    alive: (bytes = 0) => {
      silent = 0;
      brought += bytes;
    },
    stop: () => clearInterval(timer),
  };
}
