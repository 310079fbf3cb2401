import { z } from 'zod';
import { doubtReasons } from '../domain/clock.ts';
import { count, empty, hostCall, instant } from './base.ts';

export const clockState = z.object({
  /** Whether the booth believes its clock; while it does not, nothing is erased, taken down for its age, or sent. */
  trusted: z.boolean(),
  reason: z.enum(doubtReasons).nullable(),
  /** The booth's time. */
  now: instant,
  /** The time that is asked about; null where only a person can know it. */
  asked: instant.nullable(),
  /** What the computer's own clock says. */
  system: instant,
  /** By how much the computer's clock is off, in milliseconds; 0 where it is followed. */
  offsetMs: z.int(),
  /** Portraits that are due by this day and wait for a host to say that it is this day. */
  due: count,
});
export type ClockAnswer = z.infer<typeof clockState>;

const settled = z.object({ state: clockState, portraits: count });
/** The clock has moved since it was shown; look again. */
const changed = { CHANGED: { status: 409, data: empty } } as const;

/** What hosts are asked about the date and time. */
export const clockContract = {
  state: hostCall.route({ method: 'GET' }).input(empty).output(clockState),
  /** The time that is asked about is right. */
  confirm: hostCall
    .errors(changed)
    .input(z.object({ shown: instant }))
    .output(settled),
  /** It is this time instead; what was recorded on the wrong clock moves along. */
  correct: hostCall
    .errors({ IMPOSSIBLE: { status: 422, data: empty } })
    .input(z.object({ at: instant }))
    .output(settled),
  /** It is this day, and what is due by it may be erased. */
  letGo: hostCall
    .errors(changed)
    .input(z.object({ shown: instant }))
    .output(settled),
};
