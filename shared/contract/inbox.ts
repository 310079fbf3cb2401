import { z } from 'zod';
import {
  bulkActions,
  bulkOutcomes,
  type FilterName,
  filterNames,
  largestAct,
  mostTags,
  mostValues,
  rowMarks,
  sorts,
} from '../domain/inbox.ts';
import { count, hostCall, id, language, portraitState, shortText } from './base.ts';
import { portraitRow } from './portraitRow.ts';

const several = <Value extends z.ZodType>(value: Value) => z.array(value).max(mostValues).optional();
/** Several values of one filter widen it, several filters narrow the list. Without values a filter is off. */
export const filters = z.object({
  event: several(id),
  /** Days on the booth's own calendar. */
  day: several(z.iso.date()),
  /** Ids; an empty one stands for « je découvre ». */
  cooperative: several(z.string().max(60)),
  question: several(z.string().max(60)),
  tag: several(shortText.min(1)),
  language: several(language),
  mark: several(z.enum(rowMarks)),
  /** Who decided or wrote, as the audit trail names them. */
  by: several(z.string().min(1).max(60)),
} satisfies Record<FilterName, z.ZodType>);
export type Filters = z.infer<typeof filters>;

const query = z.object({
  state: portraitState.optional(),
  /** Each word begins a word of the portrait, accents and case apart. */
  words: z.string().max(200).optional(),
  filters: filters.optional(),
});
export type PortraitQuery = z.infer<typeof query>;

/** Where the last page ended. */
const cursor = z.object({ key: z.union([z.string().max(400), z.number()]), id });
export type Cursor = z.infer<typeof cursor>;

/** A match in something the row itself does not show: an excerpt as plain text, and the places of the matches in it. */
export const excerpt = z.object({
  field: z.enum(['transcript', 'text', 'notes', 'code']),
  text: z.string(),
  marks: z.array(z.object({ start: count, end: count })),
});
export type Excerpt = z.infer<typeof excerpt>;

export const listedRow = portraitRow.extend({ excerpt: excerpt.nullable() });
export type ListedRow = z.infer<typeof listedRow>;

/** How many portraits have each value of a filter, all the other filters being as they are. */
const facet = z.array(z.object({ value: z.string(), label: z.string(), count }));
export type Facet = z.infer<typeof facet>;

const counts = z.record(portraitState, count);

const target = z.object({ id, revision: count });
const settled = z.object({
  id,
  outcome: z.enum(bulkOutcomes),
  /** As it is now; 0 when the portrait is gone. */
  revision: count,
  state: portraitState,
});

export const inboxContract = {
  /** A page of the list; erased portraits are never in it. `counts` are those of the whole library. */
  list: hostCall
    .route({ method: 'GET' })
    .input(
      query.extend({
        sort: z.enum(sorts).optional(),
        after: cursor.optional(),
        limit: z.coerce.number().int().min(1).max(200).default(60),
      }),
    )
    .output(z.object({ rows: z.array(listedRow), counts, more: z.boolean(), next: cursor.nullable() })),
  /** What one can filter by, with counts, and how many portraits each state has within the filters. */
  facets: hostCall
    .route({ method: 'GET' })
    .input(query)
    .output(z.object({ states: counts, facets: z.record(z.enum(filterNames), facet) })),
  /** Every portrait of the list as the target of an act, in order; `more` when the act would be too large. */
  pick: hostCall
    .route({ method: 'GET' })
    .input(query.extend({ sort: z.enum(sorts).optional() }))
    .output(z.object({ targets: z.array(target.extend({ state: portraitState })), more: z.boolean() })),
  /** Which of some portraits the list holds now; for those beyond the pages that are loaded. */
  among: hostCall.input(query.extend({ ids: z.array(id).max(largestAct) })).output(z.object({ ids: z.array(id) })),
  /**
   * Changes many portraits in one act. Each has its own outcome; those that cannot be changed stand in nobody's way.
   * `act` is what undoes it, `null` when nothing changed.
   */
  bulk: hostCall
    .input(
      z.object({
        targets: z.array(target).min(1).max(largestAct),
        action: z.enum(bulkActions),
        tags: z.array(shortText.min(1)).max(mostTags).default([]),
      }),
    )
    .output(z.object({ act: id.nullable(), outcomes: z.array(settled) })),
  /** Puts back exactly what an act changed, where nobody changed it since. */
  undoAct: hostCall
    .errors({
      NOT_FOUND: { status: 404, data: z.object({}) },
      /** It was undone already. */
      UNDONE: { status: 409, data: z.object({}) },
    })
    .input(z.object({ act: id }))
    .output(z.object({ outcomes: z.array(settled) })),
};
