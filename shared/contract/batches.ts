import { z } from 'zod';
import {
  batchPurposes,
  exportFormats,
  exportReasons,
  exportStates,
  folderProblems,
  mostItems,
} from '../domain/batch.ts';
import { gateRefusals } from '../domain/consent.ts';
import {
  count,
  empty,
  hereErrors,
  hostCall,
  id,
  instant,
  language,
  portraitState,
  shortText,
  warning,
} from './base.ts';

const why = z.enum(gateRefusals);

/** What keeps a portrait in the house; see `Blocker` in shared/domain/batch.ts. */
export const blocker = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('gate'), why }),
  z.object({ kind: z.literal('notApproved'), state: portraitState }),
  z.object({ kind: z.literal('noTitle') }),
  z.object({ kind: z.literal('warnings'), warnings: z.array(warning) }),
  z.object({ kind: z.literal('noSound') }),
  z.object({ kind: z.literal('noTranscript') }),
  z.object({ kind: z.literal('transcriptUnchecked') }),
  z.object({ kind: z.literal('transcriptNotAllowed'), why }),
]);

const ring = z.array(z.int().min(0).max(127));

/** One line of the list of batches. */
export const batchRow = z.object({
  id,
  revision: count,
  name: z.string(),
  purpose: z.enum(batchPurposes),
  /** Portraits in it, and the seconds heard of them all. */
  portraits: count,
  duration: z.number(),
  updatedAt: instant,
  /** Rings of its first portraits, from which its cover is drawn while it has none of its own. */
  rings: z.array(ring),
  /** Address of the cover somebody gave; valid for an hour. */
  cover: z.string().nullable(),
});
export type BatchRow = z.infer<typeof batchRow>;

export const batchItem = z.object({
  portraitId: id,
  title: z.string(),
  /** First name and trade. */
  name: z.string(),
  state: portraitState,
  language,
  duration: z.number(),
  ring,
  blockers: z.array(blocker),
  /** Warnings a host has said may go out. */
  acknowledged: z.array(warning),
});
export type BatchItem = z.infer<typeof batchItem>;

export const batchDetail = batchRow.extend({
  description: z.string(),
  needsTranscript: z.boolean(),
  /** Web address the folder will be put at, for the feed; empty for none. */
  feedUrl: z.string(),
  items: z.array(batchItem),
});
export type BatchDetail = z.infer<typeof batchDetail>;

export const leftOut = z.object({ portraitId: id, title: z.string(), blockers: z.array(blocker) });

export const exportJob = z.object({
  id,
  batchId: id,
  kind: z.enum(['folder', 'zip']),
  /** Where the files are: the export's own folder, or the ZIP's name. */
  place: z.string(),
  formats: z.array(z.enum(exportFormats)),
  state: z.enum(exportStates),
  reason: z.enum(exportReasons).nullable(),
  bytesDone: count,
  /** Estimated until every sound is made. */
  bytesTotal: count,
  secondsLeft: z.number().min(0).nullable(),
  /** The portrait being prepared now. */
  now: z.string().nullable(),
  files: z.array(z.object({ name: z.string(), bytes: count })),
  leftOut: z.array(leftOut),
  createdAt: instant,
  updatedAt: instant,
});
export type ExportJob = z.infer<typeof exportJob>;

const notFound = { NOT_FOUND: { status: 404, data: empty } } as const;
const changes = {
  ...notFound,
  /** Somebody changed the batch since this revision. */
  STALE: { status: 409, data: z.object({ revision: count }) },
} as const;
const target = z.object({ id, revision: count });
const portraitIds = z.array(id).min(1).max(mostItems);

const fields = z.object({
  name: shortText.min(1),
  description: z.string().max(4000),
  purpose: z.enum(batchPurposes),
  needsTranscript: z.boolean(),
  feedUrl: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(500)]),
});
export type BatchFields = z.infer<typeof fields>;

const folder = z.string().min(1).max(1000);

export const batchesContract = {
  list: hostCall
    .route({ method: 'GET' })
    .input(empty)
    .output(z.object({ batches: z.array(batchRow) })),
  get: hostCall.route({ method: 'GET' }).errors(notFound).input(z.object({ id })).output(batchDetail),
  create: hostCall.input(fields).output(batchDetail),
  save: hostCall.errors(changes).input(target.extend(fields.shape)).output(batchDetail),
  /** Takes the batch away; its portraits stay, and `restore` brings it back. */
  remove: hostCall.errors(notFound).input(z.object({ id })).output(empty),
  restore: hostCall.errors(notFound).input(z.object({ id })).output(batchDetail),
  /** Draws the cover from the portraits again instead of the picture somebody gave (`PUT /cover/<batch>`). */
  removeCover: hostCall.errors(notFound).input(z.object({ id })).output(batchDetail),
  /**
   * Puts portraits at the end, or at place `at`. Those already in it stay where they are; those that may never leave
   * (withdrawn, unknown) are refused with the reason. What else blocks them is told by the items.
   */
  add: hostCall
    .errors({ ...changes, FULL: { status: 422, data: z.object({ most: count }) } })
    .input(target.extend({ portraitIds, at: count.optional() }))
    .output(
      z.object({
        batch: batchDetail,
        added: count,
        already: count,
        refused: z.array(z.object({ portraitId: id, why })),
      }),
    ),
  takeOut: hostCall.errors(changes).input(target.extend({ portraitIds })).output(batchDetail),
  /** The whole order anew: every portrait of the batch once, else STALE. */
  order: hostCall.errors(changes).input(target.extend({ portraitIds })).output(batchDetail),
  /** A host has listened and lets the portrait go out in spite of its warnings, in every batch; or takes that back. */
  acknowledge: hostCall
    .errors(notFound)
    .input(z.object({ portraitId: id, acknowledged: z.boolean() }))
    .output(empty),
  /** Queues every portrait that nothing blocks at a destination. */
  publish: hostCall
    .errors(notFound)
    .input(z.object({ id, destinationId: id }))
    .output(z.object({ queued: count, leftOut: z.array(leftOut) })),

  /** Whether a folder of the booth's own machine can take an export. */
  checkFolder: hostCall
    .meta({ role: 'host', here: true })
    .errors(hereErrors)
    .route({ method: 'GET' })
    .input(z.object({ folder }))
    .output(
      z.discriminatedUnion('ok', [
        z.object({ ok: z.literal(true), freeBytes: count }),
        z.object({ ok: z.literal(false), problem: z.enum(folderProblems) }),
      ]),
    ),
  /** Exports of a batch, newest first, and what was chosen last time. */
  exports: hostCall
    .route({ method: 'GET' })
    .errors(notFound)
    .input(z.object({ id }))
    .output(z.object({ jobs: z.array(exportJob), last: z.object({ folder: z.string(), flac: z.boolean() }) })),
  startExport: hostCall
    .errors({
      ...notFound,
      /** Into a folder, from the network. */
      ...hereErrors,
      BAD_FOLDER: { status: 422, data: z.object({ problem: z.enum(folderProblems) }) },
      NO_ROOM: { status: 507, data: z.object({ neededBytes: count, freeBytes: count }) },
      /** Everything in it is blocked, or there is nothing in it. */
      NOTHING: { status: 422, data: empty },
      /** An export of this batch is under way. */
      BUSY: { status: 409, data: empty },
      /** The booth does not know what day it is. */
      CLOCK: { status: 409, data: empty },
    })
    .input(
      z.object({
        id,
        flac: z.boolean(),
        to: z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('folder'), folder }),
          z.object({ kind: z.literal('zip') }),
        ]),
      }),
    )
    .output(exportJob),
  cancelExport: hostCall
    .errors(notFound)
    .input(z.object({ jobId: id }))
    .output(exportJob),
  /** Goes on with what was interrupted, failed or cancelled; finished files are not made again. */
  resumeExport: hostCall
    .errors(notFound)
    .input(z.object({ jobId: id }))
    .output(exportJob),
  /** Address of a ready ZIP on the door; valid for an hour. */
  download: hostCall
    .errors({ ...notFound, NOT_READY: { status: 409, data: empty }, CLOCK: { status: 409, data: empty } })
    .input(z.object({ jobId: id }))
    .output(z.object({ url: z.string() })),
};
