import type { DeliveryReason } from '../../../shared/contract/delivery.ts';

/**
 * What a failure does to the delivery that met it:
 * - `later`: it waits, and no attempt is counted.
 * - `retry`: it waits, and the attempt is counted.
 * - `stop`: trying again would change nothing; a host decides.
 */
export type Effect = 'later' | 'retry' | 'stop';

interface Meaning {
  effect: Effect;
  /** Attempts after which even a `retry` stops, where fewer than the queue's own limit make sense. */
  attempts?: number;
  /**
   * What it does to the whole destination, where it is the site's trouble and not this delivery's own. That is asked by
   * a request that belongs to no delivery, and never taken from the delivery's word:
   * - `hold`: everything for that destination waits, and the site is asked again by itself.
   * - `pause`: everything waits until a person resumes it; asking again by itself could lock the account.
   */
  site?: 'hold' | 'pause';
  /** Times the site is asked by itself before a person has to. */
  asks?: number;
}

/** About half an hour of tries: what the site says of this delivery alone does not change by itself. */
const few = 8;
/** With the longest wait between two, about a day. */
const asksOfADay = 100;
/** Three weeks: a booth stands in a van between two towns, and goes on by itself when it is unpacked. */
const asksWithoutNet = 2000;

export const meanings: Record<DeliveryReason, Meaning> = {
  // Nothing goes out while the booth does not know what day it is; what was withdrawn still comes down. No delivery meets
  // it: the queue takes none up meanwhile.
  clock: { effect: 'later' },
  // A person has to say that the password may travel in clear text, or give another address.
  plain: { effect: 'later', site: 'hold' },
  offline: { effect: 'later', site: 'hold', asks: asksWithoutNet },
  // A hall's sign-in page answers in the site's place, and goes away once somebody signs in.
  portal: { effect: 'retry', attempts: few, site: 'hold', asks: asksWithoutNet },
  slow: { effect: 'later', site: 'hold' },
  login: { effect: 'retry', attempts: few, site: 'pause' },
  role: { effect: 'retry', attempts: few, site: 'pause' },
  // Perhaps a wrong password, and some sites lock an account after some of them.
  notRecognised: { effect: 'retry', attempts: few, site: 'hold', asks: 5 },
  // The site's owner can mend these without touching the booth.
  headerLost: { effect: 'retry', attempts: few, site: 'hold' },
  siteLock: { effect: 'retry', attempts: few, site: 'hold' },
  restClosed: { effect: 'retry', attempts: few, site: 'hold' },
  passwordsOff: { effect: 'retry', attempts: few, site: 'hold' },
  redirected: { effect: 'retry', attempts: few, site: 'hold' },
  firewall: { effect: 'retry', attempts: few, site: 'hold' },
  noRestApi: { effect: 'retry', attempts: few, site: 'hold' },
  notWordPress: { effect: 'retry', attempts: few, site: 'hold' },
  maintenance: { effect: 'later', site: 'hold' },
  busy: { effect: 'later', site: 'hold' },
  // Each alone, or the whole site's when its plainest answer is no better.
  garbled: { effect: 'retry', attempts: few, site: 'hold' },
  siteError: { effect: 'retry', site: 'hold' },
  tooLarge: { effect: 'stop' },
  typeRefused: { effect: 'stop' },
  noConsent: { effect: 'stop' },
  noSound: { effect: 'stop' },
  uploadsNotWritable: { effect: 'retry' },
  damaged: { effect: 'retry' },
  diskFull: { effect: 'retry' },
  // The same inputs give the same failure; a few tries cover a machine short of memory.
  renderFailed: { effect: 'retry', attempts: 5 },
};

/** Times a site is asked by itself while it is held for this. */
export function mostAsks(reason: DeliveryReason): number {
  return meanings[reason].asks ?? asksOfADay;
}
