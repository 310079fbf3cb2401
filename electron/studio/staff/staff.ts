import { createHash, randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Role } from '../../../shared/contract/base.ts';
import type { Session } from '../../../shared/contract/staff.ts';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** Cost of one guess: about 64 MiB and 0.1 s (OWASP's lowest scrypt setting with N = 2^16). */
const cost = { N: 2 ** 16, r: 8, p: 1, maxmem: 128 * 1024 * 1024 };
const keyBytes = 32;
/** A session without a call for this long is over. */
const sessionMs = 12 * 60 * 60 * 1000;
/** Wrong guesses before a wait begins, and the longest wait in seconds. */
const freeGuesses = 3;
const longestWait = 15 * 60;

export interface StaffStore {
  pins(): { role: 'host' | 'organiser'; salt: string; hash: string; parameters: string }[];
  addFirst(pin: { role: 'host' | 'organiser'; salt: string; hash: string; parameters: string }): boolean;
  attempts(): { failures: number; waitUntil: string | null };
  saveAttempts(attempts: { failures: number; waitUntil: string | null }): void;
}

export type SignIn =
  | { ok: true; session: Session }
  | { ok: false; code: 'WRONG_PIN' | 'WAIT'; waitSeconds: number }
  | { ok: false; code: 'NOT_SET_UP' };

/** Seconds to wait after the nth wrong guess in a row: 0, 0, 0, 2, 4, 8 … up to a quarter of an hour. */
export function waitAfter(failures: number): number {
  return failures <= freeGuesses ? 0 : Math.min(longestWait, 2 ** (failures - freeGuesses));
}

/** The hosts' PIN and the sessions it opens. Sessions live in memory: a restart signs everybody out. */
export function createStaff(store: StaffStore, now: () => Date, scryptCost: ScryptOptions = cost) {
  const sessions = new Map<string, { role: 'host' | 'organiser'; expires: number }>();
  // One guess at a time, or a burst of parallel guesses would all be heard before the first is counted.
  let line: Promise<unknown> = Promise.resolve();

  const nameOf = (token: string) => createHash('sha256').update(token).digest('hex');
  const hashOf = (pin: string, salt: string, options: ScryptOptions) =>
    derive(pin, Buffer.from(salt, 'base64'), keyBytes, { maxmem: 128 * 1024 * 1024, ...options });

  function open(role: 'host' | 'organiser'): Session {
    const token = randomBytes(32).toString('base64url');
    const expires = now().getTime() + sessionMs;
    sessions.set(nameOf(token), { role, expires });
    return { token, role, expiresAt: new Date(expires).toISOString() };
  }

  async function guess(pin: string): Promise<SignIn> {
    const pins = store.pins();
    if (pins.length === 0) return { ok: false, code: 'NOT_SET_UP' };
    const attempts = store.attempts();
    const left = attempts.waitUntil === null ? 0 : (Date.parse(attempts.waitUntil) - now().getTime()) / 1000;
    // A clock set back must not lock the hosts out for longer than the longest wait.
    if (left > 0 && left <= longestWait) return { ok: false, code: 'WAIT', waitSeconds: Math.ceil(left) };
    for (const stored of pins) {
      const hash = await hashOf(pin, stored.salt, JSON.parse(stored.parameters));
      if (timingSafeEqual(hash, Buffer.from(stored.hash, 'base64'))) {
        store.saveAttempts({ failures: 0, waitUntil: null });
        return { ok: true, session: open(stored.role) };
      }
    }
    const failures = attempts.failures + 1;
    const wait = waitAfter(failures);
    store.saveAttempts({
      failures,
      waitUntil: wait === 0 ? null : new Date(now().getTime() + wait * 1000).toISOString(),
    });
    return { ok: false, code: 'WRONG_PIN', waitSeconds: wait };
  }

  return {
    isSetUp: () => store.pins().length > 0,

    /** Stores the first PIN and opens a session; undefined when a PIN is there already. */
    async setUp(pin: string): Promise<Session | undefined> {
      const salt = randomBytes(16).toString('base64');
      const hash = await hashOf(pin, salt, scryptCost);
      const { maxmem: _, ...parameters } = scryptCost;
      const added = store.addFirst({
        role: 'organiser',
        salt,
        hash: hash.toString('base64'),
        parameters: JSON.stringify(parameters),
      });
      return added ? open('organiser') : undefined;
    },

    signIn(pin: string): Promise<SignIn> {
      const answer = line.then(() => guess(pin));
      line = answer.catch(() => undefined);
      return answer;
    },

    /** The role a token gives now, and until when; using it keeps it alive. */
    session(token: string): { role: Role; expiresAt: string } | undefined {
      const key = nameOf(token);
      const found = sessions.get(key);
      if (found === undefined) return undefined;
      if (found.expires <= now().getTime()) {
        sessions.delete(key);
        return undefined;
      }
      found.expires = now().getTime() + sessionMs;
      return { role: found.role, expiresAt: new Date(found.expires).toISOString() };
    },

    signOut(token: string): void {
      sessions.delete(nameOf(token));
    },
  };
}
export type Staff = ReturnType<typeof createStaff>;
