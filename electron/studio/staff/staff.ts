import { randomBytes, type ScryptOptions } from 'node:crypto';
import type { Session } from '../../../shared/contract/staff.ts';
import type { StaffActor } from '../../../shared/domain/actor.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { createGuard } from './guard.ts';
import { createPins, recommendedCost } from './pins.ts';
import type { StaffRole, StaffStore, StoredMember, WayIn, Wrong } from './ports.ts';
import { atTheBooth, createSessions, type DeskFacts } from './sessions.ts';
import { createTeam } from './team.ts';
import { createVouches } from './vouches.ts';

export type { StaffStore, WayIn } from './ports.ts';
export { atTheBooth, type DeskFacts } from './sessions.ts';

/** Digits a PIN needs where strangers may try it. */
export const shortestOnNetwork = 6;

export type Refused = Wrong | { ok: false; code: 'NOT_SET_UP' };
export type SignIn = { ok: true; session: Session } | Refused | { ok: false; code: 'LOCKED' | 'TOO_SHORT' };

/** What the staff service is built with; the defaults are those of a booth. */
export interface StaffParts {
  scryptCost?: ScryptOptions;
  /** How long a desk may be left alone before its session is over. */
  idleMs?: () => number;
  /** A time that no correction of the clock moves, by which sessions last; `now` when left out. */
  running?: () => Date;
  /** Told when who is signed in, or who belongs to the staff, has changed. */
  onChange?: () => void;
  /** Secret that vouches are signed with; where it outlives the studio, they do too. */
  vouchKey?: () => string;
  /** Whether who has the machine has lifted the booth's wait; counts once. */
  lifted?: () => boolean;
}

/** The staff, their PINs, and the sessions these open. */
export function createStaff(store: StaffStore, now: () => Date, parts: StaffParts = {}) {
  const { idleMs = () => 60 * 60 * 1000, onChange = () => undefined } = parts;
  const pins = createPins(store.members, parts.scryptCost ?? recommendedCost);
  const guard = createGuard(store, now);
  const sessions = createSessions(parts.running ?? now, idleMs);
  const passing = randomBytes(32).toString('base64');
  const vouches = createVouches(now, parts.vouchKey ?? (() => passing));

  // One guess at a time, or a burst of parallel guesses would all be heard before the first is counted.
  let line: Promise<unknown> = Promise.resolve();
  function inLine<T>(work: () => Promise<T>): Promise<T> {
    const answer = line.then(work);
    line = answer.catch(() => undefined);
    return answer;
  }

  const active = (id: string) => store.members().find((member) => member.id === id && member.disabledAt === null);

  function wrong(way: WayIn): Wrong {
    const { waitSeconds, failures, locked } = guard.failed(way);
    store.note('studio', locked ? 'network-locked' : 'pin-wrong', { way, failures });
    return { ok: false, code: 'WRONG_PIN', waitSeconds };
  }

  function waiting(way: WayIn): Wrong | { ok: false; code: 'LOCKED' } | undefined {
    let left = guard.left(way);
    if (way === 'booth' && left !== 0 && parts.lifted?.() === true) {
      store.note('studio', 'pin-wait-lifted', {});
      guard.open('booth');
      left = 0;
    }
    if (left === 'locked') return { ok: false, code: 'LOCKED' };
    return left > 0 ? { ok: false, code: 'WAIT', waitSeconds: left } : undefined;
  }

  /** Whose PIN it is; every wrong one is counted, and none is looked at while a wait runs. */
  async function guess(pin: string, way: WayIn) {
    if (store.members().length === 0) return { ok: false as const, code: 'NOT_SET_UP' as const };
    const wait = waiting(way);
    if (wait !== undefined) return wait;
    const found = await pins.find(pin);
    if (found === undefined || found.disabledAt !== null) return wrong(way);
    guard.passed(way);
    if (pins.isOld(found)) store.setPin(found.id, await pins.hash(pin));
    return { ok: true as const, member: found };
  }

  function open(member: Pick<StoredMember, 'id' | 'role' | 'name'>, desk: DeskFacts): Session {
    const session = sessions.open(member, desk);
    onChange();
    return session;
  }
  const actor = ({ id, role }: { id: string; role: StaffRole }): StaffActor => ({ role, staffId: id });

  return {
    ...createTeam({ store, pins, sessions, inLine, wrong, waiting, onChange }),

    isSetUp: () => store.members().length > 0,

    /** Stores the first member and opens a session; undefined when there is one already. */
    async setUp(pin: string, name = 'Organisation'): Promise<Session | undefined> {
      const member = { id: newId(), name, role: 'organiser' as const };
      const added = store.addFirst({ ...member, ...(await pins.hash(pin)) });
      return added ? open(member, atTheBooth) : undefined;
    },

    signIn(pin: string, desk: DeskFacts = atTheBooth): Promise<SignIn> {
      return inLine(async () => {
        // Said before anything is looked at, and counted as nothing: it tells nothing about the PIN.
        if (desk.way === 'network' && pin.length < shortestOnNetwork) return { ok: false, code: 'TOO_SHORT' };
        const answer = await guess(pin, desk.way);
        if (!answer.ok) return answer;
        store.note(actor(answer.member), 'signed-in', { way: desk.way });
        return { ok: true, session: open(answer.member, desk) };
      });
    },

    /** A member of the staff stands by one visit at the booth: no session, and the same delays as for one. */
    vouch(pin: string): Promise<{ ok: true; vouch: string; name: string; expiresAt: string } | Refused> {
      return inLine(async () => {
        const answer = await guess(pin, 'booth');
        if (!answer.ok) return answer.code === 'LOCKED' ? { ok: false, code: 'WAIT', waitSeconds: 0 } : answer;
        store.note(actor(answer.member), 'vouched', {});
        return { ok: true, name: answer.member.name, ...vouches.give(answer.member.id) };
      });
    },
    /** Who stands by the visit this token was given for, while it is valid and they belong to the staff. */
    vouched(token: string): { staffId: string; name: string } | undefined {
      const staffId = vouches.by(token);
      const member = staffId === undefined ? undefined : active(staffId);
      return member === undefined ? undefined : { staffId: member.id, name: member.name };
    },

    /** Who a token stands for now, on the way in it was given for; using it keeps it alive. */
    session(token: string, way: WayIn = 'booth', idle = 0) {
      const session = sessions.use(token, way, idle);
      const member = session === undefined ? undefined : active(session.staffId);
      if (session === undefined || member === undefined) return undefined;
      return { ...session, role: member.role, name: member.name };
    },
    sessionSignal: sessions.byId,

    signOut(token: string): void {
      sessions.end(token);
      onChange();
    },
    /** Desks that are signed in, with who is there. */
    desks(way?: WayIn) {
      const members = new Map(store.members().map((member) => [member.id, member]));
      return sessions
        .list()
        .filter((desk) => way === undefined || desk.way === way)
        .map((desk) => ({ ...desk, name: members.get(desk.staffId)?.name ?? '' }));
    },
    /** Ends one session; false when it is over already. */
    disconnect(sessionId: string, by: StaffActor): boolean {
      const desk = sessions.list().find(({ id }) => id === sessionId);
      if (desk === undefined || !sessions.endById(sessionId)) return false;
      store.note(by, 'desk-disconnected', { staffId: desk.staffId, way: desk.way });
      onChange();
      return true;
    },
    /** Ends every session of a way in. */
    disconnectAll(way: WayIn): void {
      if (sessions.endWay(way) > 0) onChange();
    },
    isLocked: (way: WayIn): boolean => guard.left(way) === 'locked',
    /** Hears PINs from a way in again; without a name when it is part of another act. */
    unlock(way: WayIn, by?: StaffActor): void {
      if (guard.left(way) === 'locked' && by !== undefined) store.note(by, 'network-unlocked', {});
      guard.open(way);
      onChange();
    },
  };
}
export type Staff = ReturnType<typeof createStaff>;
