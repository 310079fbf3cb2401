import type { DeliveryReason, DeliveryState } from '../../../shared/contract/delivery.ts';
import type { Actor as Everybody } from '../../../shared/domain/actor.ts';
import type { GateAnswer, GateRefusal, Purpose } from '../../../shared/domain/consent.ts';
import type { BetterAddress, DeliveryRecord, DestinationRecord, Settlement } from '../../../shared/domain/delivery.ts';
import type { PortraitState } from '../../../shared/domain/portrait.ts';
import type { Format } from '../../../shared/domain/sound.ts';

// What delivery needs of the others; times are ISO 8601 texts in UTC.

/** No visitor sends anything anywhere. */
export type Actor = Exclude<Everybody, 'visitor'>;

export interface DestinationStore {
  list(): DestinationRecord[];
  get(id: string): DestinationRecord | undefined;
  save(record: DestinationRecord, change: { actor: Actor; otherSite: boolean }): void;
  remove(id: string, actor: Actor): { waiting: number };
  resume(id: string, actor: Actor): void;
}

export type PublishOutcome =
  | { ok: true; delivery: DeliveryRecord }
  | { ok: false; code: 'NOT_FOUND' }
  | { ok: false; code: 'NO_CONSENT'; why: GateRefusal }
  | { ok: false; code: 'WRONG_STATE'; state: PortraitState };

/** Whether a portrait may be used for a purpose now. */
export type MayUse = (portraitId: string, purpose: Purpose) => GateAnswer;

/** The hosts' side of the queue; every method is one durable transaction. */
export interface DeliveryStore {
  get(id: string): DeliveryRecord | undefined;
  list(): DeliveryRecord[];
  counts(): Partial<Record<DeliveryState, number>>;
  /** Portraits that stand at a destination and have a code, with what is known of them there. */
  standing(destinationId: string): { portraitId: string; code: string; memo: string }[];
  publish(
    wanted: { id: string; portraitId: string; destinationId: string; actor: Actor },
    mayUse: MayUse,
  ): PublishOutcome;
  retry(id: string, actor: Actor): DeliveryRecord | undefined;
  cancel(id: string, actor: Actor): DeliveryRecord | undefined;
}

/** The queue's side: leases, and writes that answer false once the lease is gone. */
export interface LeaseStore {
  rescue(now: string, horizon: string): number;
  /** Without `sends` only what is to be taken down is claimed. */
  claim(lease: { now: string; token: string; until: string; sends?: boolean }): DeliveryRecord | undefined;
  renew(id: string, token: string, until: string): boolean;
  note(id: string, token: string, memo: string, at: string): boolean;
  advance(id: string, token: string, done: { step: number; memo: string; at: string }): boolean;
  finish(id: string, token: string, done: { step: number; memo: string; url: string; at: string }): boolean;
  takenDown(id: string, token: string, done: { step: number; at: string }): boolean;
  settle(id: string, token: string, at: string, how: Settlement): boolean;
  online(at: string): number;
  portraitState(id: string): PortraitState | undefined;
  /** What its destination needs the portrait to allow, as it is now. */
  purpose(id: string): Purpose | undefined;
  nextDue(sends?: boolean): string | undefined;
  /** A held site that is to be asked now; nobody else asks or delivers there until it is given back by one of these. */
  claimHold(now: string, until: string): Held | undefined;
  renewHold(held: Held, longer: string): boolean;
  keepHold(
    held: Held,
    found: { reason: DeliveryReason; detail: string; better?: BetterAddress; nextAt: string | null },
  ): void;
  pauseHeld(held: Held, reason: 'login' | 'role'): void;
  endHold(held: Held, at: string): void;
  leaveHold(held: Held): void;
}

/** A destination whose site is in trouble, leased to be asked. */
export interface Held {
  id: string;
  kind: string;
  reason: DeliveryReason;
  since: string;
  /** How often it was asked since. */
  asks: number;
  /** Whether something is waiting to be taken down there. */
  removing: boolean;
  until: string;
}

/** A file made for publication. */
export interface Rendition {
  path: string;
  /** Size of the file. */
  bytes: number;
  /** MD5 of the file, in hex. */
  md5: string;
  mime: string;
  format: Format;
}
export type RenditionOutcome =
  | { ok: true; rendition: Rendition }
  | { ok: false; reason: 'noSound' | 'renderFailed' | 'diskFull'; detail: string };

/** What of a portrait goes out in words. */
export interface PortraitText {
  title: string;
  text: string;
  tags: string[];
  /** The code its speaker took home, or `null`. */
  code: string | null;
}

export type Topic = 'deliveries' | 'destinations' | 'portraits';
/** Never given a secret. */
export type Log = (event: string, facts: Record<string, string | number | boolean | null>) => void;
