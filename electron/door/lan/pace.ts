/** Who asks: a desk by its session, or whoever has none by the machine's address. */
export interface Asker {
  key: string;
  /** Nobody has signed in. */
  guest: boolean;
}

/** What a network may ask of the booth, whose first duty is the recording that runs beside it. */
export interface PaceLimits {
  /** Requests of one asker, a second on the long run, and at once. A desk that opens asks for some thirty things. */
  perSecond: number;
  burst: number;
  /** Requests of all together that are worked on at once; the others wait their turn. */
  atOnce: number;
  /** Of these, how many of one desk, and of all guests together: something is left for another desk at any time. */
  ofOne: number;
  ofGuests: number;
  /** How many of one asker may wait, and of all guests together. */
  waiting: number;
  guestsWaiting: number;
  /** Askers that are remembered. */
  askers: number;
}
export const usualPace: PaceLimits = {
  perSecond: 25,
  burst: 120,
  atOnce: 4,
  ofOne: 3,
  ofGuests: 2,
  waiting: 40,
  guestsWaiting: 64,
  askers: 512,
};

/**
 * Lets requests through at a pace the booth can bear. Who asks too much is told to come back later. Turns go round the
 * askers, so that one who asks for much waits behind themselves and not before the others.
 */
export function createPace(limits: PaceLimits, now: () => number) {
  const accounts = new Map<string, { tokens: number; at: number }>();
  /** Who waits, in the order in which their next turn comes. */
  const lines = new Map<string, { guest: boolean; starts: (() => void)[] }>();
  const running = new Map<string, number>();
  let all = 0;
  let guests = 0;

  function allowed(key: string): boolean {
    const time = now();
    const account = accounts.get(key) ?? { tokens: limits.burst, at: time };
    const tokens = Math.min(limits.burst, account.tokens + ((time - account.at) / 1000) * limits.perSecond);
    accounts.delete(key);
    accounts.set(key, { tokens: Math.max(0, tokens - 1), at: time });
    // The one that asked the longest ago has the fullest account, and loses the least.
    const oldest = accounts.keys().next();
    if (accounts.size > limits.askers && !oldest.done) accounts.delete(oldest.value);
    return tokens >= 1;
  }

  const mayStart = ({ key, guest }: Asker): boolean =>
    all < limits.atOnce && (running.get(key) ?? 0) < limits.ofOne && !(guest && guests >= limits.ofGuests);

  function count({ key, guest }: Asker, by: 1 | -1): void {
    const ofKey = (running.get(key) ?? 0) + by;
    if (ofKey === 0) running.delete(key);
    else running.set(key, ofKey);
    all += by;
    if (guest) guests += by;
  }

  /** The next in the round who may; the round goes on behind them. */
  function startNext(): void {
    const next = [...lines].find(([key, { guest }]) => mayStart({ key, guest }));
    if (next === undefined) return;
    const [key, line] = next;
    lines.delete(key);
    const start = line.starts.shift();
    if (line.starts.length > 0) lines.set(key, line);
    start?.();
    startNext();
  }

  const guestsInLine = () =>
    [...lines.values()].reduce((sum, { guest, starts }) => sum + (guest ? starts.length : 0), 0);

  return {
    /** Whether an asker may ask once more now. */
    allowed,
    /** Does `work` when its turn comes; undefined when too many wait already. */
    async turn<T>(asker: Asker, work: () => Promise<T>): Promise<T | undefined> {
      if (lines.has(asker.key) || !mayStart(asker)) {
        const line = lines.get(asker.key) ?? { guest: asker.guest, starts: [] };
        if (line.starts.length >= limits.waiting) return undefined;
        if (asker.guest && guestsInLine() >= limits.guestsWaiting) return undefined;
        lines.set(asker.key, line);
        await new Promise<void>((resolve) =>
          line.starts.push(() => {
            count(asker, 1);
            resolve();
          }),
        );
      } else count(asker, 1);
      try {
        return await work();
      } finally {
        count(asker, -1);
        startNext();
      }
    },
  };
}
