import { warnings } from './sound.ts';

/** Orders of the hosts' list. */
export const sorts = [
  'newest',
  'oldest',
  'name',
  'title',
  'longest',
  'shortest',
  'loudest',
  'quietest',
  'rating',
] as const;
export type Sort = (typeof sorts)[number];

/** What a portrait is marked with in the list. */
export const rowMarks = [...warnings, 'recovered', 'unconfirmed'] as const;
export type RowMark = (typeof rowMarks)[number];

/** What the list can be narrowed by, in the order the desk offers it. */
export const filterNames = ['event', 'day', 'cooperative', 'question', 'tag', 'mark', 'language', 'by'] as const;
export type FilterName = (typeof filterNames)[number];

/** Most values of one filter. */
export const mostValues = 50;

/** Most portraits changed in one act; more would keep the studio from the booth for too long. */
export const largestAct = 1000;
/** Most tags of a portrait. */
export const mostTags = 20;
export const bulkActions = ['approve', 'reject', 'restore', 'addTags', 'removeTags'] as const;
export type BulkAction = (typeof bulkActions)[number];
/** What became of one portrait of an act. */
export const bulkOutcomes = [
  'done',
  'unchanged',
  'stale',
  'wrongState',
  'needsConsent',
  'tooManyTags',
  'gone',
] as const;
export type BulkOutcome = (typeof bulkOutcomes)[number];
