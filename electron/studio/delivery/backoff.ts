export interface Backoff {
  /** Milliseconds before the first new try. */
  firstMs: number;
  /** Longest wait in milliseconds, before the spread. */
  longestMs: number;
  /** Share of the wait, either way, so that several booths do not knock together (0.2: ±20 %). */
  spread: number;
}

export const defaultBackoff: Backoff = { firstMs: 15_000, longestMs: 15 * 60_000, spread: 0.2 };

/**
 * Milliseconds to wait after `failures` failures in a row (1 or more): doubling from the first wait up to the longest,
 * spread by `random` (0 ≤ random < 1).
 */
export function waitAfter(failures: number, random: number, backoff: Backoff = defaultBackoff): number {
  const doubled = backoff.firstMs * 2 ** Math.max(0, failures - 1);
  const plain = Math.min(doubled, backoff.longestMs);
  return Math.round(plain * (1 + backoff.spread * (2 * random - 1)));
}
