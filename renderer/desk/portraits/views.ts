import type { ViewName } from '../place.ts';

/** What each view is called. */
export const viewKeys = {
  toReview: 'viewToReview',
  approved: 'viewApproved',
  published: 'viewPublished',
  rejected: 'viewRejected',
  withdrawn: 'viewWithdrawn',
  all: 'viewAll',
} as const satisfies Record<ViewName, string>;
