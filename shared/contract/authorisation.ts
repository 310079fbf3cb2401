import { z } from 'zod';
import { batchPurposes } from '../domain/batch.ts';
import { hearsayMethods, nameChoices } from '../domain/consent.ts';
import { consentKinds, dueReasons, erasureReasons, resolutions } from '../domain/evidence.ts';
import { count, empty, hostCall, id, instant, organiserCall, portraitState, shortText } from './base.ts';
import { ageBand, choices, purpose, shownText } from './consent.ts';

/** What is allowed of a portrait now, in short; purposes are `null` while its visitor has not said. */
export const consentScope = z.object({
  ageBand,
  guardians: count,
  guardiansNeeded: count,
  purposes: z.array(purpose).nullable(),
  withdrawn: z.array(purpose),
  nameShown: z.enum(nameChoices).nullable(),
  pseudonym: z.string(),
  until: z.iso.date().nullable(),
});

/** One link of the evidence, for a glance; the whole of it is on the evidence page. */
export const consentAct = z.object({
  seq: count,
  kind: z.enum(consentKinds),
  at: instant,
  /** Who said it; `null` once erased. */
  by: z.enum(['visitor', 'staff', 'older', 'site', 'studio']).nullable(),
  method: z.enum(hearsayMethods).nullable(),
  note: z.string(),
  purposes: z.array(purpose),
  /** The purposes are all there were. */
  all: z.boolean(),
  reason: z.enum(erasureReasons).nullable(),
  /** How a site's withdrawal ended. */
  how: z.enum(resolutions).nullable(),
});
export type ConsentAct = z.infer<typeof consentAct>;

const handedOver = z.object({
  /** Names the copy among those of its portrait. */
  copy: id,
  batch: z.string(),
  purpose: z.enum(batchPurposes).nullable(),
  kind: z.enum(['folder', 'zip']),
  place: z.string(),
  at: instant,
  by: z.object({ role: z.enum(['host', 'organiser']), name: z.string().nullable() }),
  settledAt: instant.nullable(),
});
export type HandedOverCopy = z.infer<typeof handedOver>;

export const consentDetail = z.object({
  scope: consentScope.nullable(),
  /** Purposes the portrait's event asks about, and its last day of any use. */
  offered: z.array(purpose),
  lastDay: z.iso.date(),
  /** The text the booth shows now in the portrait's language: what a host reads from. */
  text: shownText.nullable(),
  /** Withdrawn on a site, and not ended yet. */
  pending: z.object({ site: z.string(), heardAt: instant, eraseOn: z.iso.date() }).nullable(),
  acts: z.array(consentAct),
  /** Copies that left as files. */
  handedOver: z.array(handedOver),
  /** Address of the evidence page on the door; valid for an hour. */
  evidenceUrl: z.string().nullable(),
});
export type ConsentDetail = z.infer<typeof consentDetail>;

const due = z.object({
  portraitId: id,
  reason: z.enum(dueReasons),
  /** First local day on which it is no longer kept. */
  dueOn: z.iso.date(),
  title: z.string(),
  code: z.string().nullable(),
  state: portraitState,
  remindedAt: instant.nullable(),
});

const notFound = { NOT_FOUND: { status: 404, data: empty } } as const;

/** What hosts see and do about authorisations. */
export const consentContract = {
  of: hostCall.route({ method: 'GET' }).errors(notFound).input(z.object({ id })).output(consentDetail),
  /**
   * Writes down what the person told a host: it then counts as their own word, with how it was known. The text named is
   * the one the host read from, one the booth has shown. Of a sound that was imported, the person has to be 18 or over.
   */
  record: hostCall
    .errors({ ...notFound, UNKNOWN_TEXT: { status: 422, data: empty }, AGE_NEEDED: { status: 422, data: empty } })
    .input(
      z.object({
        id,
        choices,
        method: z.enum(hearsayMethods),
        note: z.string().trim().min(1).max(500),
        adult: z.boolean().default(false),
      }),
    )
    .output(consentDetail),
  /** Takes back everything or some purposes, at the person's wish; with none left, everything. For good. */
  withdraw: hostCall
    .errors(notFound)
    .input(z.object({ id, purposes: z.union([z.literal('all'), z.array(purpose).min(1)]) }))
    .output(z.object({ whole: z.boolean(), purposes: z.array(purpose) })),
  /**
   * A withdrawal that came from a site was nobody's wish: what was allowed before is allowed again. Nothing is published
   * again by itself.
   */
  undoWithdrawal: hostCall.errors(notFound).input(z.object({ id })).output(consentDetail),
  /** A withdrawal that came from a site is the person's wish: erased now, as by `withdraw`. */
  confirmWithdrawal: hostCall.errors(notFound).input(z.object({ id })).output(empty),
  /** What ends soon, what went by itself, and withdrawals of which a copy is still somewhere. */
  overview: hostCall
    .route({ method: 'GET' })
    .input(empty)
    .output(
      z.object({
        coming: z.array(due),
        gone: z.array(z.object({ portraitId: id, at: instant, reason: z.enum(dueReasons) })),
        followUps: z.array(
          z.object({
            id,
            code: z.string().nullable(),
            /** Uses that were taken back, while others go on; empty when everything was. */
            purposes: z.array(purpose),
            since: instant,
            urls: z.array(z.string()),
            handedOver: z.array(handedOver),
          }),
        ),
      }),
    ),
  /** A copy that was handed over as files has been destroyed or given back; every copy of the portrait, if none is named. */
  settleCopies: hostCall
    .errors(notFound)
    .input(z.object({ id, copy: id.optional() }))
    .output(empty),
  find: hostCall
    .route({ method: 'GET' })
    .errors(notFound)
    .input(z.object({ code: shortText }))
    .output(z.object({ id, state: portraitState, title: z.string() })),
  /** Everything kept about a person as one page to give them: its address on the door, valid for an hour. */
  access: organiserCall
    .errors(notFound)
    .input(z.object({ id }))
    .output(z.object({ url: z.string() })),
};
