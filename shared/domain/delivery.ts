import type { DeliveryDirection, DeliveryReason, DeliveryState } from '../contract/delivery.ts';
import type { Purpose } from './consent.ts';

// Shapes of the queue as the library stores it and delivery works on it. Times are ISO 8601 texts in UTC.

/** Why a destination's deliveries wait: the site refused the account, the account may not publish, or a host said so. */
export type Pause = 'login' | 'role' | 'host';

/** Where a site redirects what it is sent: its address as it is set, and the one it goes by. */
export interface BetterAddress {
  from: string;
  to: string;
}

/** The site's own trouble, as far as requests that belong to no delivery have found it out. */
export interface DestinationHold {
  reason: DeliveryReason;
  detail: string;
  since: string;
  /** When it is asked again; null once it waits for a person. */
  nextAt: string | null;
  better?: BetterAddress | undefined;
}

export interface DestinationRecord {
  id: string;
  kind: string;
  name: string;
  url: string;
  user: string;
  /** What a portrait has to allow to go there. */
  purpose: Purpose;
  paused: Pause | null;
  /** Somebody has read that the password travels in clear text, and wants it so. */
  plainAccepted?: boolean;
  /** Kept by the queue; saving leaves it as it is unless it says otherwise. */
  hold?: DestinationHold | null;
}

/** Hold reasons that pass by themselves as a rule: nobody needs to be called for them. */
const passing: readonly DeliveryReason[] = ['offline', 'slow', 'maintenance', 'busy'];

/** Whether a destination waits for a person. */
export function waitsForPerson({ paused, hold }: { paused: Pause | null; hold?: DestinationHold | null | undefined }) {
  if (paused !== null) return true;
  return hold != null && (hold.nextAt === null || !passing.includes(hold.reason));
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
  holdReason: DeliveryReason | null;
  holdDetail: string | null;
  holdNext: string | null;
  portraitTitle: string;
}

/** How a run of a delivery ended without its last step. */
export type Settlement =
  /** It waits until `nextAt`. `attempt`: the try counts. */
  | { kind: 'wait'; nextAt: string; reason: DeliveryReason; detail: string; attempt: boolean }
  /** The site's own trouble: everything for it waits, nothing is counted, and the site is asked again at `nextAt`. */
  | { kind: 'hold'; nextAt: string; reason: DeliveryReason; detail: string; better?: BetterAddress }
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
