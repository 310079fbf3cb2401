import { createHmac, timingSafeEqual } from 'node:crypto';

/** How long a member of the staff stands by one visit, in milliseconds. */
const validMs = 30 * 60 * 1000;

const form = /^(v1\.([\w-]{1,64})\.(\d{1,16}))\.([\w-]{43})$/;

/**
 * Tokens that say who of the staff stood by a visitor: they open nothing. They are signed and kept nowhere, so that one
 * given before a restart of the studio is good after it: between the PIN and the first sound a studio may die.
 */
export function createVouches(now: () => Date, key: () => string) {
  // One that lies further ahead than any that is given comes from a clock that was wrong.
  const isOpen = (until: number) => until > now().getTime() && until <= now().getTime() + validMs;
  const seal = (said: string) => createHmac('sha256', key()).update(said).digest('base64url');
  return {
    give(staffId: string): { vouch: string; expiresAt: string } {
      const until = now().getTime() + validMs;
      const said = `v1.${staffId}.${until}`;
      return { vouch: `${said}.${seal(said)}`, expiresAt: new Date(until).toISOString() };
    },
    /** Who gave it, while it is valid. */
    by(token: string): string | undefined {
      const [, said, staffId, until, mac] = form.exec(token) ?? [];
      if (said === undefined || mac === undefined || !isOpen(Number(until))) return undefined;
      return timingSafeEqual(Buffer.from(mac), Buffer.from(seal(said))) ? staffId : undefined;
    },
  };
}
