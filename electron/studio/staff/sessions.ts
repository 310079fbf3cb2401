import { createHash, randomBytes } from 'node:crypto';
import type { StaffRole, WayIn } from './ports.ts';

/** A session is over this long after it was opened, however busy it is: longer than any day on a stand. */
const longestMs = 16 * 60 * 60 * 1000;

/** The desk a session was opened at. */
export interface DeskFacts {
  way: WayIn;
  /** As the browser calls itself; empty when it does not. */
  device: string;
  /** Network address, empty at the booth. */
  address: string;
}
export const atTheBooth: DeskFacts = { way: 'booth', device: '', address: '' };

interface Kept extends DeskFacts {
  /** Names the session where its token must not be told. */
  id: string;
  staffId: string;
  opened: number;
  /** When somebody was last at the desk. */
  active: number;
  /** When anything was last heard of it. */
  seen: number;
  end: AbortController;
}

export interface LiveSession {
  id: string;
  staffId: string;
  expiresAt: string;
  /** Aborts when the session ends, so that what is being answered ends with it. */
  signal: AbortSignal;
}

/** A desk that is signed in, as it is listed. */
export interface ConnectedDesk extends DeskFacts {
  id: string;
  staffId: string;
  since: string;
  lastSeen: string;
}

/** Sessions of the staff. They live in memory: a restart signs everybody out. Tokens are known by their hash alone. */
export function createSessions(now: () => Date, idleMs: () => number) {
  const sessions = new Map<string, Kept>();
  const nameOf = (token: string) => createHash('sha256').update(token).digest('hex');
  const expiry = (session: Kept) => Math.min(session.active + idleMs(), session.opened + longestMs);
  const live = (session: Kept) => expiry(session) > now().getTime();

  function drop(which: (session: Kept) => boolean): number {
    let ended = 0;
    for (const [name, session] of sessions) {
      if (!which(session)) continue;
      sessions.delete(name);
      session.end.abort();
      ended += 1;
    }
    return ended;
  }
  const sweep = () => drop((session) => !live(session));

  return {
    open(member: { id: string; role: StaffRole; name: string }, desk: DeskFacts) {
      sweep();
      const token = randomBytes(32).toString('base64url');
      const time = now().getTime();
      const id = randomBytes(12).toString('hex');
      const times = { opened: time, active: time, seen: time };
      const session = { ...desk, ...times, id, staffId: member.id, end: new AbortController() };
      sessions.set(nameOf(token), session);
      return {
        token,
        id: member.id,
        role: member.role,
        name: member.name,
        expiresAt: new Date(expiry(session)).toISOString(),
      };
    },
    /**
     * The session of a token given on its own way in. `idleMs` is how long nobody has touched the desk by its own
     * word: a page that asks by itself, in front of an empty chair, does not keep its session alive.
     */
    use(token: string, way: WayIn, idle = 0): LiveSession | undefined {
      const session = sessions.get(nameOf(token));
      if (session === undefined || session.way !== way) return undefined;
      if (!live(session)) {
        sweep();
        return undefined;
      }
      const time = now().getTime();
      session.seen = time;
      session.active = Math.max(session.active, time - Math.max(0, idle));
      const { id, staffId, end } = session;
      return { id, staffId, expiresAt: new Date(expiry(session)).toISOString(), signal: end.signal };
    },
    /** The signal of a session that lives, by its id; for addresses that were given to it. */
    byId(id: string, way: WayIn): AbortSignal | undefined {
      for (const session of sessions.values()) {
        if (session.id === id && session.way === way && live(session)) return session.end.signal;
      }
      return undefined;
    },
    end(token: string): void {
      const name = nameOf(token);
      drop((session) => sessions.get(name) === session);
    },
    endById: (id: string): boolean => drop((session) => session.id === id) > 0,
    endOf: (staffId: string, except?: string): number =>
      drop((session) => session.staffId === staffId && session.id !== except),
    endWay: (way: WayIn): number => drop((session) => session.way === way),
    list(): ConnectedDesk[] {
      sweep();
      return [...sessions.values()].map(({ id, staffId, way, device, address, opened, seen }) => ({
        id,
        staffId,
        way,
        device,
        address,
        since: new Date(opened).toISOString(),
        lastSeen: new Date(seen).toISOString(),
      }));
    },
  };
}
export type Sessions = ReturnType<typeof createSessions>;
