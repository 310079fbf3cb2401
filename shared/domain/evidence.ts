import type { Actor } from './actor.ts';
import type { BatchPurpose } from './batch.ts';
import type { ConsentScope, Purpose } from './consent.ts';
import type { PortraitState } from './portrait.ts';

// Shapes of the evidence as the library stores it and the consent service reads it. Times are ISO 8601 texts in UTC.

export const consentKinds = ['record', 'choices', 'withdrawal', 'erasure', 'correction', 'resolution'] as const;
export type ConsentKind = (typeof consentKinds)[number];

/** A link of the chain as stored; `payload` is null once the person is erased. */
export interface ConsentRecord {
  seq: number;
  id: string;
  portraitId: string;
  kind: ConsentKind;
  at: string;
  boothId: string;
  /** Canonical JSON of what says nothing of a person; stays for ever. */
  facts: string;
  payloadHash: string;
  previous: string;
  hash: string;
  salt: string | null;
  payload: string | null;
}

export interface ChainHead {
  seq: number;
  hash: string;
}

/** What is wrong with a link, or with what hangs on it. */
export const chainFaults = [
  'changed',
  'missing',
  'head',
  'payloadChanged',
  'payloadMissing',
  'payloadLeft',
  'text',
  'scope',
] as const;
export type ChainFault = (typeof chainFaults)[number];
export type ChainState =
  /** `lost`: links that damage took, written down as such. */
  | { ok: true; records: number; head: string; lost: number }
  | { ok: false; records: number; fault: ChainFault; seq: number };

/**
 * What the seals beside the library say of the chain. `rewritten`: a link that the booth never sealed; `behind`: links it
 * sealed are gone; `unreadable`: the seals are not this booth's key's. `restored`: the studio itself put an older library
 * back, and so many links are missing; `anew`: the seals were gone, and begin again.
 */
export type SealState =
  | { ok: true; restored: number | null; anew: boolean }
  | { ok: false; fault: 'rewritten' | 'behind' | 'unreadable'; seq: number; missing: number };

/** Why somebody was erased; all that stays said of it. */
export const erasureReasons = ['discarded', 'withdrawn', 'unpublished', 'expired'] as const;
export type ErasureReason = (typeof erasureReasons)[number];

/** Who does something about an authorisation, and the name they go by: the evidence is read without the staff's list. */
export interface ConsentActor {
  actor: Actor;
  name: string | null;
}

export type Withdrawn =
  /** `cut`: deliveries that were running. */
  { ok: true; whole: boolean; purposes: Purpose[]; cut: string[] } | { ok: false; code: 'NOT_FOUND' };

/** How a withdrawal that came from a site ended: taken back by a host, confirmed, or by its days of grace. */
export const resolutions = ['undone', 'confirmed', 'ended'] as const;
export type Resolution = (typeof resolutions)[number];

/** A withdrawal that came from a site and can still be undone. */
export interface PendingWithdrawal {
  /** The site's name in the list of destinations. */
  site: string;
  heardAt: string;
  /** First local day (YYYY-MM-DD) on which the recording is no longer kept. */
  eraseOn: string;
}

/** What became of what a site told: written down now, or known before; or the site has no say in it. */
export type SiteTold = { outcome: 'noted'; cut: string[] } | { outcome: 'known' | 'notOurs' };

/** Something a transaction has let go that still lies on the disk. `copies`: backups since this time. */
export interface ToErase {
  id: number;
  kind: 'take' | 'rendition' | 'export' | 'copies';
  name: string;
}

/** `withdrawn`: on a site, and nobody undid it in its days of grace. */
export const dueReasons = ['unpublished', 'expired', 'withdrawn'] as const;
export type DueReason = (typeof dueReasons)[number];

/** A portrait that will go, and on which local day (YYYY-MM-DD). */
export interface Due {
  portraitId: string;
  reason: DueReason;
  /** First day on which it is no longer kept. */
  dueOn: string;
  title: string;
  code: string | null;
  state: PortraitState;
  remindedAt: string | null;
}

/** What a code leads to. */
export interface Ticket {
  portraitId: string;
  state: PortraitState;
  title: string;
  createdAt: string;
  name: string;
  urls: string[];
  scope: ConsentScope | undefined;
  /** Why it was erased, if it was. */
  erased: ErasureReason | undefined;
}

/** Wrong codes so far, for everybody together. */
export interface Guesses {
  failures: number;
  lastAt: string;
  waitUntil: string | null;
}

/** A copy that left the house as files of one export; who has it must be told when its person withdraws. */
export interface HandedOver {
  /** The export it left with. */
  copy: string;
  batch: string;
  /** What the batch is for; null once the batch is no longer there. */
  purpose: BatchPurpose | null;
  kind: 'folder' | 'zip';
  /** The folder, or the archive's name. */
  place: string;
  at: string;
  /** Who handed it over; the name is null where only the role is known. */
  by: { role: 'host' | 'organiser'; name: string | null };
  /** When the hosts had all of it taken back or destroyed. */
  settledAt: string | null;
}
