import type { DestinationKind } from '../kind.ts';
import { siteAddress } from './wordpress/address.ts';
import { checkAccount } from './wordpress/check.ts';
import { createClient, defaultTimeouts, type Timeouts } from './wordpress/client.ts';
import { acknowledgeWithdrawal, declareStanding, withdrawnOnSite } from './wordpress/companion.ts';
import { sendMedia, sweepMedia } from './wordpress/media.ts';
import { makePublic, writeDraft } from './wordpress/post.ts';
import { takeDownPages } from './wordpress/takeDown.ts';

/**
 * A WordPress site by its own REST API and an application password, without any plugin: the sound as an attachment, a
 * draft that plays it, then public. Slugs made from the portrait's id let every step find what a lost answer hid.
 */
export function wordpress(parts: { fetch: typeof globalThis.fetch; timeouts?: Timeouts }): DestinationKind {
  const client = createClient(parts.fetch, parts.timeouts ?? defaultTimeouts);
  return {
    kind: 'wordpress',
    steps: ['media', 'post', 'public'],
    address: siteAddress,
    check: (site, signal) => checkAccount(client, site, signal),
    async run(step, job) {
      if (step === 'media') return sendMedia(client, job);
      if (step === 'post') return writeDraft(client, job);
      const swept = await sweepMedia(client, job);
      return swept.ok ? makePublic(client, job) : { done: false, failure: swept.failure };
    },
    withdrawals: {
      list: (site, signal) => withdrawnOnSite(client, site, signal),
      heard: (site, ref, signal) => acknowledgeWithdrawal(client, site, ref, signal),
      declare: (site, standing, signal) => declareStanding(client, site, standing, signal),
    },
    takeDown: (job) => takeDownPages(client, job),
  };
}
