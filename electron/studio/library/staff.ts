import type { Role } from '../../../shared/contract/base.ts';
import type { Actor } from '../../../shared/domain/actor.ts';
import { type AuditEntry, audit } from './audit.ts';
import { type Db, transaction } from './database.ts';

/** A hashed PIN as the staff service makes it. */
export interface StoredPin {
  salt: string;
  hash: string;
  /** Cost parameters of the hash, as JSON. */
  parameters: string;
}
export interface StoredMember extends StoredPin {
  id: string;
  name: string;
  role: Exclude<Role, 'visitor'>;
  createdAt: string;
  disabledAt: string | null;
}
export type NewMember = Omit<StoredMember, 'createdAt' | 'disabledAt'>;

/** Wrong guesses on one way in, as they stood at `countedAt`. */
export interface Attempts {
  /** In a row. */
  failures: number;
  /** Of the long account, which a right PIN does not clear. */
  spent: number;
  /** Milliseconds of waiting left. */
  waitMs: number;
  countedAt: string;
  /** Closed until somebody opens it. */
  locked: boolean;
}
export type WayIn = 'booth' | 'network';

const columns = 'id, name, role, salt, hash, parameters, created_at AS createdAt, disabled_at AS disabledAt';

export function staffRepository(db: Db, now: () => Date) {
  const stamp = () => now().toISOString();

  function insert(member: NewMember): void {
    db.prepare(
      `INSERT INTO staff_members (id, name, role, salt, hash, parameters, created_at)
       VALUES (@id, @name, @role, @salt, @hash, @parameters, @at)`,
    ).run({ ...member, at: stamp() });
  }
  const note = (actor: Actor, action: string, detail: NonNullable<AuditEntry['detail']> = {}) =>
    audit(db, { at: stamp(), actor, action, detail });

  return {
    members(): StoredMember[] {
      return db.prepare<[], StoredMember>(`SELECT ${columns} FROM staff_members ORDER BY created_at, id`).all();
    },
    /** Stores the first member; false when there is one already. */
    addFirst(member: NewMember): boolean {
      return transaction(db, () => {
        if (db.prepare('SELECT 1 FROM staff_members').get() !== undefined) return false;
        insert(member);
        note({ role: member.role, staffId: member.id }, 'pin-set');
        return true;
      });
    },
    add(member: NewMember, actor: Actor): void {
      transaction(db, () => {
        insert(member);
        note(actor, 'staff-added', { staffId: member.id, role: member.role });
      });
    },
    change(id: string, { name, role }: { name: string; role: StoredMember['role'] }, actor: Actor): void {
      transaction(db, () => {
        db.prepare('UPDATE staff_members SET name = ?, role = ? WHERE id = ?').run(name, role, id);
        note(actor, 'staff-changed', { staffId: id, role });
      });
    },
    setDisabled(id: string, disabled: boolean, actor: Actor): void {
      transaction(db, () => {
        db.prepare('UPDATE staff_members SET disabled_at = ? WHERE id = ?').run(disabled ? stamp() : null, id);
        note(actor, disabled ? 'staff-disabled' : 'staff-enabled', { staffId: id });
      });
    },
    /** Gives a member another PIN; without an actor it is the same PIN hashed anew, which is nobody's act. */
    setPin(id: string, pin: StoredPin, actor?: Actor): void {
      transaction(db, () => {
        db.prepare('UPDATE staff_members SET salt = @salt, hash = @hash, parameters = @parameters WHERE id = @id').run({
          ...pin,
          id,
        });
        if (actor !== undefined) note(actor, 'pin-changed', { staffId: id });
      });
    },
    /** Writes down what changes no row: who signed in, who was kept out. */
    note(actor: Actor, action: string, detail: NonNullable<AuditEntry['detail']>): void {
      transaction(db, () => note(actor, action, detail));
    },
    attempts(way: WayIn): Attempts | undefined {
      const row = db
        .prepare<[string], Omit<Attempts, 'locked'> & { locked: number }>(
          `SELECT failures, spent, wait_ms AS waitMs, counted_at AS countedAt, locked FROM staff_attempts WHERE way = ?`,
        )
        .get(way);
      return row === undefined ? undefined : { ...row, locked: row.locked === 1 };
    },
    saveAttempts(way: WayIn, attempts: Attempts): void {
      db.prepare(
        `INSERT OR REPLACE INTO staff_attempts (way, failures, spent, wait_ms, counted_at, locked)
         VALUES (@way, @failures, @spent, @waitMs, @countedAt, @locked)`,
      ).run({ ...attempts, way, waitMs: Math.ceil(attempts.waitMs), locked: attempts.locked ? 1 : 0 });
    },
  };
}
