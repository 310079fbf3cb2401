export interface HandshakeLimits {
  /** A second on the long run, and at once. Each costs the booth about a millisecond of its one thread. */
  perSecond: number;
  burst: number;
  /** How many may wait, and for how long, in milliseconds. */
  waiting: number;
  patienceMs: number;
}
export const usualHandshakes: HandshakeLimits = { perSecond: 150, burst: 60, waiting: 256, patienceMs: 5_000 };

interface Waiting {
  address: string;
  since: number;
  begin(): void;
  drop(): void;
}

/**
 * Spreads handshakes over time, round the machines and the newest of each first: where hundreds knock at once, who came
 * just now is still there and waits for an answer; who came seconds ago has mostly given up.
 */
export function createHandshakes(
  limits: HandshakeLimits,
  now: () => number,
  later: (work: () => void, ms: number) => void = (work, ms) => void setTimeout(work, ms).unref(),
) {
  let tokens = limits.burst;
  let at = now();
  let waiting: Waiting[] = [];
  let rung = false;
  /** Machines in the order of their last handshake, the latest last. */
  const turns = new Map<string, true>();

  function next(): Waiting | undefined {
    const order = [...turns.keys()];
    const last = new Map<string, Waiting>(waiting.map((one) => [one.address, one]));
    const best = [...last.values()].sort((a, b) => order.indexOf(a.address) - order.indexOf(b.address))[0];
    if (best !== undefined) waiting = waiting.filter((one) => one !== best);
    return best;
  }

  function pump(): void {
    const time = now();
    tokens = Math.min(limits.burst, tokens + ((time - at) / 1000) * limits.perSecond);
    at = time;
    const tired = waiting.filter(({ since }) => time - since > limits.patienceMs);
    waiting = waiting.filter((one) => !tired.includes(one));
    for (const one of tired) one.drop();
    while (tokens >= 1) {
      const one = next();
      if (one === undefined) break;
      tokens -= 1;
      turns.delete(one.address);
      turns.set(one.address, true);
      const oldest = turns.keys().next();
      if (turns.size > limits.waiting && !oldest.done) turns.delete(oldest.value);
      one.begin();
    }
    if (waiting.length === 0 || rung) return;
    rung = true;
    later(() => {
      rung = false;
      pump();
    }, 1000 / limits.perSecond);
  }

  return {
    /** Somebody knocks: `begin` is called when their turn comes, or `drop` when there are too many. */
    arrived(address: string, begin: () => void, drop: () => void): void {
      waiting.push({ address, since: now(), begin, drop });
      if (waiting.length > limits.waiting) {
        const crowd = new Map<string, number>();
        for (const one of waiting) crowd.set(one.address, (crowd.get(one.address) ?? 0) + 1);
        const most = Math.max(...crowd.values());
        const out = waiting.find((one) => crowd.get(one.address) === most);
        waiting = waiting.filter((one) => one !== out);
        out?.drop();
      }
      pump();
    },
  };
}
