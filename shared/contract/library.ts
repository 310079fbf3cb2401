import { z } from 'zod';
import { count, edit, hostCall, id, instant, packedPeaks, portraitState, soundAnalysis, transcript } from './base.ts';
import { inboxContract } from './inbox.ts';
import { portraitRow } from './portraitRow.ts';

export type { PortraitRow } from './portraitRow.ts';

export const portraitDetail = portraitRow.extend({
  /** 96 peaks (0…127) for the portrait's ring. */
  ring: z.array(z.int().min(0).max(127)),
  /** The title as a host wrote it; empty while `title` is the one made of what is known. */
  ownTitle: z.string(),
  /** The name it may be published under; null for none, and for as long as its person has not said. */
  publicName: z.string().nullable(),
  text: z.string(),
  event: z.string(),
  take: z
    .object({
      id,
      sampleRate: z.int(),
      frames: count,
      analysis: soundAnalysis.nullable(),
      gainDb: z.number(),
      peaks: packedPeaks,
      /** Address of the master on the door; valid for an hour. */
      url: z.string(),
    })
    .nullable(),
  edit: edit.nullable(),
  /** What hosts tell each other; never leaves the desk. */
  notes: z.string(),
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
  ...inboxContract,
  get: hostCall.route({ method: 'GET' }).errors(notFound).input(z.object({ id })).output(portraitDetail),
  /** Refused while nobody has said what may be done with the portrait (see consent.record). */
  approve: hostCall
    .errors({ ...changes, NEEDS_CONSENT: { status: 422, data: z.object({}) } })
    .input(target)
    .output(portraitDetail),
  reject: hostCall.errors(changes).input(target).output(portraitDetail),
  /** Back to review: undoes an approval or a rejection. */
  restore: hostCall.errors(changes).input(target).output(portraitDetail),
};
