import type { DeliveryReason } from '../../../shared/contract/delivery.ts';

/**
 * What a failure does to the queue:
 * - `hold`: the site was not reached; everything for that destination waits, and no attempt is counted.
 * - `later`: this delivery waits, and no attempt is counted.
 * - `retry`: this delivery waits, and the attempt is counted.
 * - `pause`: everything for that destination waits until somebody resumes it.
 * - `stop`: trying again would change nothing; a host decides.
 */
export type Effect = 'hold' | 'later' | 'retry' | 'pause' | 'stop';

interface Meaning {
  effect: Effect;
  /** Attempts after which even a `retry` stops, where fewer than the queue's own limit make sense. */
  attempts?: number;
}

export const meanings: Record<DeliveryReason, Meaning> = {
  // Nothing goes out while the booth does not know what day it is; what was withdrawn still comes down.
  clock: { effect: 'hold' },
  offline: { effect: 'hold' },
  // A hall's sign-in page answers in the site's place, and goes away once somebody signs in.
  notWordPress: { effect: 'hold' },
  slow: { effect: 'later' },
  login: { effect: 'pause' },
  role: { effect: 'pause' },
  tooLarge: { effect: 'stop' },
  typeRefused: { effect: 'stop' },
  noConsent: { effect: 'stop' },
  noSound: { effect: 'stop' },
  // The site's owner or the organiser can mend these without touching the queue.
  uploadsNotWritable: { effect: 'retry' },
  noRestApi: { effect: 'retry' },
  siteError: { effect: 'retry' },
  damaged: { effect: 'retry' },
  diskFull: { effect: 'retry' },
  // The same inputs give the same failure; a few tries cover a machine short of memory.
  renderFailed: { effect: 'retry', attempts: 5 },
};
