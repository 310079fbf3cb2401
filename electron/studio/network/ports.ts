import type { StaffActor } from '../../../shared/domain/actor.ts';

// What the desk on the network needs of the others; times are ISO 8601 texts in UTC.

/** Until when the desk is wanted on the network; null while it is not. */
export interface Wanted {
  since: string | null;
  until: string | null;
  /** The port it was last found at, so that an address written down stays good. */
  port: number | null;
}

export interface NetworkStore {
  get(): Wanted;
  /** Without an action it is no act, only the port that was found. */
  save(wanted: Wanted, act?: { actor: StaffActor | 'studio'; action: string }): void;
}

/** What of the staff has to do with the network. */
export interface NetworkStaff {
  disconnectAll(): void;
  unlock(): void;
}

export interface Identity {
  /** PEM texts. */
  key: string;
  cert: string;
  /** SHA-256 of the certificate, in hexadecimal capitals without separators. */
  fingerprint: string;
}

export interface Listening {
  port: number;
  close(): Promise<void>;
}

/** Opens one address; rejects when the port is taken or the address is gone. */
export type Listen = (at: { host: string; port: number; identity: Identity }) => Promise<Listening>;
