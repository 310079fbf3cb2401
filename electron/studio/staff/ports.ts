import type { StaffActor } from '../../../shared/domain/actor.ts';

// What the staff service needs of the library; times are ISO 8601 texts in UTC.

export type StaffRole = 'host' | 'organiser';

/** Where a PIN is given: at the booth's own machine, or at a desk on the network. */
export type WayIn = 'booth' | 'network';

export interface StoredPin {
  salt: string;
  hash: string;
  /** Cost parameters of the hash, as JSON. */
  parameters: string;
}
export interface StoredMember extends StoredPin {
  id: string;
  name: string;
  role: StaffRole;
  createdAt: string;
  disabledAt: string | null;
}
export type NewMember = Omit<StoredMember, 'createdAt' | 'disabledAt'>;

export interface Attempts {
  failures: number;
  spent: number;
  waitMs: number;
  countedAt: string;
  locked: boolean;
}

/** A PIN that was not heard, or not right, and how long until the next one is. */
export interface Wrong {
  ok: false;
  code: 'WRONG_PIN' | 'WAIT';
  waitSeconds: number;
}

export interface AttemptStore {
  attempts(way: WayIn): Attempts | undefined;
  saveAttempts(way: WayIn, attempts: Attempts): void;
}

export interface StaffStore extends AttemptStore {
  members(): StoredMember[];
  addFirst(member: NewMember): boolean;
  add(member: NewMember, actor: StaffActor): void;
  change(id: string, change: { name: string; role: StaffRole }, actor: StaffActor): void;
  setDisabled(id: string, disabled: boolean, actor: StaffActor): void;
  setPin(id: string, pin: StoredPin, actor?: StaffActor): void;
  note(actor: StaffActor | 'studio', action: string, detail: Record<string, string | number | boolean | null>): void;
}
