import { z } from 'zod';
import {
  count,
  edit,
  hostCall,
  id,
  instant,
  language,
  peaks,
  portraitState,
  soundAnalysis,
  speaker,
  transcript,
  warning,
} from './base.ts';

/** One line of the hosts' list. */
export const portraitRow = z.object({
  id,
  state: portraitState,
  /** Raised by every change; a change names the revision it was made from. */
  revision: count,
  title: z.string(),
  speaker,
  cooperative: z.string().nullable(),
  language,
  /** Length of the edit in seconds (of the take while there is no edit). */
  duration: z.number(),
  warnings: z.array(warning),
  /** The take was cut short by a crash and repaired. */
  recovered: z.boolean(),
  /** The visitor tapped « garder »; otherwise a host has to vouch for their agreement. */
  confirmed: z.boolean(),
  recordedAt: instant,
  code: z.string().nullable(),
  /** 96 peaks (0…127) for the row's ring. */
  ring: z.array(z.int().min(0).max(127)),
});
export type PortraitRow = z.infer<typeof portraitRow>;

export const portraitDetail = portraitRow.extend({
  /** The title as a host wrote it; empty while `title` is the one made of what is known. */
  ownTitle: z.string(),
  text: z.string(),
  tags: z.array(z.string()),
  question: z.string(),
  event: z.string(),
  take: z
    .object({
      id,
      sampleRate: z.int(),
      frames: count,
      analysis: soundAnalysis.nullable(),
      gainDb: z.number(),
      peaks,
      /** Address of the master on the door; valid for an hour. */
      url: z.string(),
    })
    .nullable(),
  edit: edit.nullable(),
  /** What hosts tell each other; never leaves the desk. */
  notes: z.string(),
  /** Stars, 0 for none yet. */
  rating: z.int().min(0).max(5),
  transcript: transcript.nullable(),
  /** Addresses of what was published, newest first. */
  published: z.array(z.object({ destination: z.string(), url: z.string(), at: instant })),
});
export type PortraitDetail = z.infer<typeof portraitDetail>;

export const notFound = { NOT_FOUND: { status: 404, data: z.object({}) } } as const;
/** Errors of every change of a portrait. */
export const changes = {
  ...notFound,
  /** Somebody changed the portrait since this revision. */
  STALE: { status: 409, data: z.object({ revision: count }) },
  /** The portrait's state does not allow this change. */
  WRONG_STATE: { status: 409, data: z.object({ state: portraitState }) },
} as const;

/** The portrait a change is of, and the revision it was made from. */
export const target = z.object({ id, revision: count });

export const libraryContract = {
  /** Newest first; `before` is the id of the last row already had. Erased portraits are never listed. */
  list: hostCall
    .route({ method: 'GET' })
    .input(
      z.object({
        state: portraitState.optional(),
        before: id.optional(),
        limit: z.coerce.number().int().min(1).max(200).default(60),
      }),
    )
    .output(z.object({ rows: z.array(portraitRow), counts: z.record(portraitState, count), more: z.boolean() })),
  get: hostCall.route({ method: 'GET' }).errors(notFound).input(z.object({ id })).output(portraitDetail),
  /** `attested`: the host vouches that the person agrees; needed where the visitor did not confirm. */
  approve: hostCall
    .errors({ ...changes, NEEDS_ATTESTATION: { status: 422, data: z.object({}) } })
    .input(target.extend({ attested: z.boolean().default(false) }))
    .output(portraitDetail),
  reject: hostCall.errors(changes).input(target).output(portraitDetail),
  /** Back to review: undoes an approval or a rejection. */
  restore: hostCall.errors(changes).input(target).output(portraitDetail),
};
