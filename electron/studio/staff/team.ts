import type { Member as MemberShown } from '../../../shared/contract/staff.ts';
import type { StaffActor } from '../../../shared/domain/actor.ts';
import { newId } from '../../../shared/domain/ids.ts';
import type { createPins } from './pins.ts';
import type { StaffRole, StaffStore, StoredMember, WayIn, Wrong } from './ports.ts';
import type { Sessions } from './sessions.ts';

interface Parts {
  store: StaffStore;
  pins: ReturnType<typeof createPins>;
  sessions: Sessions;
  inLine<T>(work: () => Promise<T>): Promise<T>;
  wrong(way: WayIn): Wrong;
  /** The refusal while no PIN is heard. */
  waiting(way: WayIn): Wrong | { ok: false; code: 'LOCKED' } | undefined;
  onChange(): void;
}

export type TeamRefusal = Wrong | { ok: false; code: 'NOT_FOUND' | 'TAKEN' | 'LAST_ORGANISER' | 'LOCKED' };
export type TeamOutcome = { ok: true; member: MemberShown } | TeamRefusal;

const shown = ({ id, name, role, createdAt, disabledAt }: StoredMember): MemberShown => ({
  id,
  name,
  role,
  createdAt,
  disabledAt,
});

/** Who belongs to the staff: added, renamed, disabled, given another PIN. */
export function createTeam({ store, pins, sessions, inLine, wrong, waiting, onChange }: Parts) {
  const find = (id: string) => store.members().find((member) => member.id === id);
  const refuse = (code: 'NOT_FOUND' | 'TAKEN' | 'LAST_ORGANISER') => ({ ok: false as const, code });

  function done(id: string): TeamOutcome {
    const member = find(id);
    onChange();
    return member === undefined ? refuse('NOT_FOUND') : { ok: true, member: shown(member) };
  }
  /** Somebody must be left who can let the others in. */
  function isLastOrganiser(member: StoredMember): boolean {
    const organisers = store.members().filter(({ role, disabledAt }) => role === 'organiser' && disabledAt === null);
    return organisers.length === 1 && organisers[0]?.id === member.id;
  }
  /**
   * Whether the PIN is somebody's already: a PIN alone says who is there. To hear that it is taken is to have guessed
   * it, so it counts as a guess, and waits like one.
   */
  async function taken(pin: string, way: WayIn, own?: string): Promise<TeamRefusal | undefined> {
    const wait = waiting(way);
    if (wait !== undefined) return wait;
    const found = await pins.find(pin);
    if (found === undefined || found.id === own) return undefined;
    wrong(way);
    return refuse('TAKEN');
  }

  return {
    members: (): MemberShown[] => store.members().map(shown),

    add(input: { name: string; role: StaffRole; pin: string }, by: StaffActor, way: WayIn): Promise<TeamOutcome> {
      return inLine(async () => {
        const refusal = await taken(input.pin, way);
        if (refusal !== undefined) return refusal;
        const id = newId();
        store.add({ id, name: input.name, role: input.role, ...(await pins.hash(input.pin)) }, by);
        return done(id);
      });
    },

    change(id: string, change: { name: string; role: StaffRole }, by: StaffActor): TeamOutcome {
      const member = find(id);
      if (member === undefined) return refuse('NOT_FOUND');
      if (change.role !== 'organiser' && isLastOrganiser(member)) return refuse('LAST_ORGANISER');
      store.change(id, change, by);
      return done(id);
    },

    /** A disabled member's sessions end with the call. */
    setDisabled(id: string, disabled: boolean, by: StaffActor): TeamOutcome {
      const member = find(id);
      if (member === undefined) return refuse('NOT_FOUND');
      if (disabled && isLastOrganiser(member)) return refuse('LAST_ORGANISER');
      if ((member.disabledAt !== null) !== disabled) store.setDisabled(id, disabled, by);
      if (disabled) sessions.endOf(id);
      return done(id);
    },

    /** A PIN somebody else forgot; what was open with the old one ends. */
    resetPin(id: string, pin: string, by: StaffActor, way: WayIn): Promise<TeamOutcome> {
      return inLine(async () => {
        if (find(id) === undefined) return refuse('NOT_FOUND');
        const refusal = await taken(pin, way, id);
        if (refusal !== undefined) return refusal;
        store.setPin(id, await pins.hash(pin), by);
        sessions.endOf(id);
        return done(id);
      });
    },

    /** One's own PIN, by the old one; one's other sessions end. */
    changePin(
      own: { staffId: string; sessionId: string; role: StaffRole },
      change: { current: string; next: string },
      way: WayIn,
    ): Promise<TeamOutcome> {
      return inLine(async () => {
        const wait = waiting(way);
        if (wait !== undefined) return wait;
        if ((await pins.find(change.current))?.id !== own.staffId) return wrong(way);
        const refusal = await taken(change.next, way, own.staffId);
        if (refusal !== undefined) return refusal;
        store.setPin(own.staffId, await pins.hash(change.next), { role: own.role, staffId: own.staffId });
        sessions.endOf(own.staffId, own.sessionId);
        return done(own.staffId);
      });
    },
  };
}
