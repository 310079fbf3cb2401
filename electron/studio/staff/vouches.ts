import { createHash, randomBytes } from 'node:crypto';

/** How long a member of the staff stands by one visit. */
const validMs = 30 * 60 * 1000;

/** Tokens that say who of the staff stood by a visitor: they open nothing, and live in memory as sessions do. */
export function createVouches(now: () => Date) {
  const vouches = new Map<string, { staffId: string; until: number }>();
  const nameOf = (token: string) => createHash('sha256').update(token).digest('hex');
  function sweep(): void {
    for (const [name, { until }] of vouches) if (until <= now().getTime()) vouches.delete(name);
  }
  return {
    give(staffId: string): { vouch: string; expiresAt: string } {
      sweep();
      const vouch = randomBytes(32).toString('base64url');
      const until = now().getTime() + validMs;
      vouches.set(nameOf(vouch), { staffId, until });
      return { vouch, expiresAt: new Date(until).toISOString() };
    },
    /** Who gave it, while it is valid. */
    by(token: string): string | undefined {
      sweep();
      return vouches.get(nameOf(token))?.staffId;
    },
    /** The visit is over. */
    spend(token: string): void {
      vouches.delete(nameOf(token));
    },
  };
}
