import type { DeliveryDirection, DeliveryReason, DeliveryState } from '../contract/delivery.ts';
import type { Purpose } from './consent.ts';

// Shapes of the queue as the library stores it and delivery works on it. Times are ISO 8601 texts in UTC.

/** Why a destination's deliveries wait: the site refused the account, the account may not publish, or a host said so. */
export type Pause = 'login' | 'role' | 'host';

export interface DestinationRecord {
  id: string;
  kind: string;
  name: string;
  url: string;
  user: string;
  /** What a portrait has to allow to go there. */
  purpose: Purpose;
  paused: Pause | null;
}

/** One portrait's trip to one destination, as stored, with what the hosts' list shows beside it. */
export interface DeliveryRecord {
  id: string;
  portraitId: string;
  destinationId: string;
  state: DeliveryState;
  direction: DeliveryDirection;
  /** Steps done. */
  step: number;
  /** What the steps have learnt (ids on the site, checksums): JSON, to be parsed by who wrote it. */
  memo: string;
  attempts: number;
  misses: number;
  reason: DeliveryReason | null;
  detail: string | null;
  nextAt: string;
  url: string | null;
  createdAt: string;
  destinationName: string;
  destinationKind: string;
  purpose: Purpose;
  paused: Pause | null;
  portraitTitle: string;
}

/** How a run of a delivery ended without its last step. */
export type Settlement =
  /** It waits until `nextAt`. `attempt`: the try counts. `hold`: so does everything else for that destination. */
  | { kind: 'wait'; nextAt: string; reason: DeliveryReason; detail: string; attempt: boolean; hold: boolean }
  /** A step is done, and the next one comes at `nextAt`; nothing is counted. */
  | { kind: 'rest'; step: number; memo: string; nextAt: string }
  /** Its worker stops: due at once, nothing counted. */
  | { kind: 'release' }
  /** Back to an earlier step, at `nextAt`; the try counts. */
  | { kind: 'back'; step: number; memo: string; nextAt: string; detail: string }
  /** The destination is paused; this delivery waits with the others. */
  | { kind: 'pause'; reason: 'login' | 'role'; detail: string }
  | { kind: 'fail'; reason: DeliveryReason; detail: string }
  /** The portrait may no longer go out. */
  | { kind: 'drop'; reason: DeliveryReason | null };
