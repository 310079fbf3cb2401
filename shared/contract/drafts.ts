import { z } from 'zod';
import { longestDraft } from '../domain/draft.ts';
import { largestAct } from '../domain/inbox.ts';
import { count, empty, hostCall, id, instant } from './base.ts';

const draft = z.object({
  id,
  /** What is being written, e.g. `words-<portrait>`; the desk's own names. */
  name: z.string().min(1).max(80),
  /** Portraits it is about: it goes with them. */
  subjects: z.array(id).max(largestAct),
  /** JSON. Passwords and PINs are refused. */
  value: z.string().max(longestDraft),
});
export const storedDraft = draft.extend({ changedAt: instant });
export type StoredDraft = z.infer<typeof storedDraft>;

/** What the signed-in member is writing. Nobody else is ever answered it, an organiser neither. */
export const draftsContract = {
  /** The last written last. */
  list: hostCall.input(empty).output(z.array(storedDraft)),
  save: hostCall
    .errors({
      /** A portrait it is about is withdrawn or erased: what is said of it is not written down again. */
      GONE: { status: 410, data: empty },
      FULL: { status: 409, data: empty },
      BAD_DRAFT: { status: 422, data: empty },
    })
    .input(draft.extend({ turn: count, replaces: z.array(id).max(50) }))
    .output(empty),
  drop: hostCall.input(z.object({ ids: z.array(id).max(500) })).output(empty),
};
