/** What a network may ask of the booth, whose first duty is the recording that runs beside it. */
export interface PaceLimits {
  /** Requests of one machine, a second on the long run, and at once. A desk that opens asks for some thirty things. */
  perSecond: number;
  burst: number;
  /** Requests of all machines together that are worked on at once; the others wait their turn. */
  atOnce: number;
  /** How many may wait. */
  waiting: number;
  /** Machines that are remembered. */
  machines: number;
}
export const usualPace: PaceLimits = { perSecond: 25, burst: 120, atOnce: 4, waiting: 64, machines: 256 };

/** Lets requests through at a pace the booth can bear. Who asks too much is told to come back later. */
export function createPace(limits: PaceLimits, now: () => number) {
  const machines = new Map<string, { tokens: number; at: number }>();
  const line: (() => void)[] = [];
  let running = 0;

  function allowed(address: string): boolean {
    const time = now();
    const machine = machines.get(address) ?? { tokens: limits.burst, at: time };
    const tokens = Math.min(limits.burst, machine.tokens + ((time - machine.at) / 1000) * limits.perSecond);
    machines.delete(address);
    machines.set(address, { tokens: Math.max(0, tokens - 1), at: time });
    // The one that asked the longest ago has the fullest account, and loses the least.
    const oldest = machines.keys().next();
    if (machines.size > limits.machines && !oldest.done) machines.delete(oldest.value);
    return tokens >= 1;
  }

  return {
    /** Whether a machine may ask once more now. */
    allowed,
    /** Does `work` when its turn comes; undefined when too many wait already. */
    async turn<T>(work: () => Promise<T>): Promise<T | undefined> {
      if (running >= limits.atOnce) {
        if (line.length >= limits.waiting) return undefined;
        await new Promise<void>((resolve) => line.push(resolve));
      }
      running += 1;
      try {
        return await work();
      } finally {
        running -= 1;
        line.shift()?.();
      }
    },
  };
}
