import { ORPCError } from '@orpc/server';
import type { BatchDetail, BatchRow } from '../../../shared/contract/batches.ts';
import type { BatchOutcome, ShownBatch, ShownRow } from '../../studio/publication/batches.ts';
import { actorOf, type Caller, onlyHere, os } from './base.ts';

const notFound = () => new ORPCError('NOT_FOUND', { status: 404, data: {} });

/** Gives the cover its address. */
function addressed(context: Caller, shown: ShownBatch): BatchDetail;
function addressed(context: Caller, shown: ShownRow): BatchRow;
function addressed(context: Caller, { coverSha256, ...shown }: ShownRow): BatchRow {
  return { ...shown, cover: coverSha256 === null ? null : context.mediaUrl(`/media/covers/${coverSha256}.jpg`) };
}

function settled(context: Caller, outcome: BatchOutcome): BatchDetail {
  if (outcome.ok) return addressed(context, outcome.value);
  if (outcome.code === 'STALE') throw new ORPCError('STALE', { status: 409, data: { revision: outcome.revision } });
  throw notFound();
}

/** What was asked for, or the contract's word for that it is not there. */
function found<T>(value: T | undefined): T {
  if (value === undefined) throw notFound();
  return value;
}

export const batchesRouter = os.batches.router({
  list: os.batches.list.handler(({ context }) => ({
    batches: context.studio.publication.batches.list().map((row) => addressed(context, row)),
  })),
  get: os.batches.get.handler(({ context, input }) =>
    addressed(context, found(context.studio.publication.batches.get(input.id))),
  ),
  create: os.batches.create.handler(({ context, input }) => {
    const created = context.studio.publication.batches.create(input, actorOf(context));
    return settled(context, created);
  }),
  save: os.batches.save.handler(({ context, input: { id, revision, ...fields } }) =>
    settled(context, context.studio.publication.batches.save(id, revision, fields, actorOf(context))),
  ),
  remove: os.batches.remove.handler(({ context, input }) => {
    if (!context.studio.publication.batches.remove(input.id, actorOf(context))) throw notFound();
    return {};
  }),
  restore: os.batches.restore.handler(({ context, input }) =>
    settled(context, context.studio.publication.batches.restore(input.id, actorOf(context))),
  ),
  removeCover: os.batches.removeCover.handler(({ context, input }) =>
    settled(context, context.studio.publication.batches.removeCover(input.id, actorOf(context))),
  ),
  add: os.batches.add.handler(({ context, input }) => {
    const outcome = context.studio.publication.batches.add(input, actorOf(context));
    if (!outcome.ok) {
      if (outcome.code === 'FULL') throw new ORPCError('FULL', { status: 422, data: { most: outcome.most } });
      if (outcome.code === 'STALE') throw new ORPCError('STALE', { status: 409, data: { revision: outcome.revision } });
      throw notFound();
    }
    const { added, already, refused, value } = outcome;
    return { batch: addressed(context, value), added, already, refused };
  }),
  takeOut: os.batches.takeOut.handler(({ context, input: { id, revision, portraitIds } }) =>
    settled(context, context.studio.publication.batches.takeOut(id, revision, portraitIds, actorOf(context))),
  ),
  order: os.batches.order.handler(({ context, input: { id, revision, portraitIds } }) =>
    settled(context, context.studio.publication.batches.order(id, revision, portraitIds, actorOf(context))),
  ),
  acknowledge: os.batches.acknowledge.handler(({ context, input: { portraitId, acknowledged } }) => {
    const { batches } = context.studio.publication;
    if (!batches.acknowledge(portraitId, acknowledged, actorOf(context))) throw notFound();
    return {};
  }),
  publish: os.batches.publish.handler(({ context, input }) =>
    found(context.studio.publication.batches.publish(input.id, input.destinationId, actorOf(context))),
  ),

  checkFolder: os.batches.checkFolder.handler(({ context, input }) =>
    context.studio.publication.exports.checkFolder(input.folder),
  ),
  exports: os.batches.exports.handler(({ context: { studio }, input }) => {
    found(studio.publication.batches.get(input.id));
    return { jobs: studio.publication.exports.list(input.id), last: studio.publication.lastChoice() };
  }),
  startExport: os.batches.startExport.handler(async ({ context, input }) => {
    // A folder is the booth's own machine's: who names one stands there.
    if (input.to.kind === 'folder') onlyHere(context, ['folder']);
    const started = await context.studio.publication.exports.start(input, actorOf(context));
    if (started.ok) return started.value;
    switch (started.code) {
      case 'BAD_FOLDER':
        throw new ORPCError('BAD_FOLDER', { status: 422, data: { problem: started.problem } });
      case 'NO_ROOM': {
        const { neededBytes, freeBytes } = started;
        throw new ORPCError('NO_ROOM', { status: 507, data: { neededBytes, freeBytes } });
      }
      case 'NOTHING':
        throw new ORPCError('NOTHING', { status: 422, data: {} });
      case 'BUSY':
        throw new ORPCError('BUSY', { status: 409, data: {} });
      case 'CLOCK':
        throw new ORPCError('CLOCK', { status: 409, data: {} });
      case 'NOT_FOUND':
        throw notFound();
    }
  }),
  cancelExport: os.batches.cancelExport.handler(async ({ context, input }) =>
    found(await context.studio.publication.exports.cancel(input.jobId, actorOf(context))),
  ),
  resumeExport: os.batches.resumeExport.handler(({ context, input }) =>
    found(context.studio.publication.exports.resume(input.jobId, actorOf(context))),
  ),
  download: os.batches.download.handler(({ context, input }) => {
    const job = found(context.studio.publication.exports.show(input.jobId));
    if (job.kind !== 'zip' || job.state !== 'ready') throw new ORPCError('NOT_READY', { status: 409, data: {} });
    if (!context.studio.clock.trusted()) throw new ORPCError('CLOCK', { status: 409, data: {} });
    return { url: context.mediaUrl(`/export/${job.id}.zip`) };
  }),
});
