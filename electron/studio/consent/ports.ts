import type { Choices } from '../../../shared/contract/consent.ts';
import type { ChosenBy } from '../../../shared/contract/evidence.ts';
import type { StaffActor } from '../../../shared/domain/actor.ts';
import type { ConsentScope, Purpose } from '../../../shared/domain/consent.ts';
import type {
  ChainHead,
  ChainState,
  ConsentActor,
  ConsentRecord,
  Due,
  DueReason,
  Guesses,
  HandedOver,
  PendingWithdrawal,
  SiteTold,
  Ticket,
  ToErase,
  Withdrawn,
} from '../../../shared/domain/evidence.ts';
import type { PortraitState } from '../../../shared/domain/portrait.ts';

// What consent needs of the others; times are ISO 8601 texts in UTC.

interface EndPorts {
  /** Whether files of it are with somebody. */
  handedOver: (portraitId: string) => boolean;
}

/** The library's side; every change is one durable transaction. */
export interface ConsentStore {
  boothId(): string;
  head(): ChainHead;
  scope(portraitId: string): ConsentScope | undefined;
  /** What the portrait's event asks about, and its last day of any use. */
  eventOf(portraitId: string): { offered: Purpose[]; lastDay: string } | undefined;
  records(portraitId: string): ConsentRecord[];
  textOf(version: string, language: string, sha256: string): string | undefined;
  recordFor(
    portraitId: string,
    choices: Choices,
    by: Extract<ChosenBy, { who: 'staff' }>,
    actor: StaffActor,
    adult: boolean,
  ): { ok: true; cut: string[] } | { ok: false; code: 'NOT_FOUND' | 'AGE_NEEDED' };
  withdraw(portraitId: string, wanted: 'all' | readonly Purpose[], by: ConsentActor, ports: EndPorts): Withdrawn;
  heard(told: { portraitId: string; destinationId: string; ref: string }): SiteTold;
  pending(portraitId: string): PendingWithdrawal | undefined;
  undo(portraitId: string, by: ConsentActor): boolean;
  eraseDue(portraitId: string, reason: DueReason, dueOn: string, ports: EndPorts): string[] | undefined;
  settle(portraitId: string): boolean;
  unsettled(): { id: string; code: string | null; since: string; urls: string[] }[];
  verify(): ChainState;
  auditOf(portraitId: string): { at: string; actor: string; action: string; detail: string }[];
  byCode(code: string): { id: string; state: PortraitState } | undefined;
}

export interface RetentionStore {
  coming(handedOver: (portraitId: string) => boolean): Due[];
  remind(due: Due): void;
  gone(limit: number): { portraitId: string; at: string; reason: DueReason }[];
}

/** Of the clock: whether it is believed, and a time that is not ahead of the truth. */
export interface RetentionClock {
  trusted(): boolean;
  sure(): Date;
  /** The same by the system clock's word alone. */
  likely(): Date;
}

export interface ErasureStore {
  pending(): ToErase[];
  done(id: number): void;
}

export interface TicketStore {
  byCode(code: string): Ticket | undefined;
  guesses(): Guesses;
  saveGuesses(guesses: Guesses): void;
}

/** How each kind of leftover is taken off the disk; each harmless when it is gone already. */
export interface Erasers {
  take(takeId: string): Promise<void>;
  rendition(renditionId: string): Promise<void>;
  /** Takes a portrait's files out of what is being prepared for others. */
  export(portraitId: string): Promise<void>;
  /** Drops the copies of the library that hold a portrait, and empties its log. */
  copies(portraitId: string): Promise<void>;
}

/** Copies that left the house as files. */
export type HandedOverOf = (portraitId: string) => HandedOver[];
/** Portraits still in use of which some copy is with somebody. */
export type CopiesOut = () => { id: string; code: string | null }[];

/** What the pages say of a portrait beside its consent. */
export interface PortraitFacts {
  id: string;
  state: PortraitState;
  title: string;
  text: string;
  tags: string[];
  notes: string;
  firstName: string;
  trade: string;
  cooperative: string | null;
  language: string;
  question: string;
  event: string;
  recordedAt: string;
  code: string | null;
  takeSha256: string | null;
  takeId: string | null;
  seconds: number;
  transcript: string;
  /** What members have written about it and not saved. */
  unsaved: string[];
  published: { destination: string; url: string; at: string }[];
}
