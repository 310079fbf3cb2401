import { ORPCError } from '@orpc/server';
import type { PortraitDetail } from '../../../shared/contract/library.ts';
import { packPeaks } from '../../../shared/domain/peaks.ts';
import { actorOf, type Caller, os } from './base.ts';
import { inboxHandlers } from './inbox.ts';

type Change = ReturnType<Caller['studio']['library']['portraits']['approve']>;

/** A portrait as the desk gets it, with an address for its sound. */
export function detail(context: Caller, id: string): PortraitDetail {
  const portrait = context.studio.library.portraits.get(id);
  if (portrait === undefined) throw new ORPCError('NOT_FOUND', { status: 404, data: {} });
  if (portrait.take === null) return { ...portrait, take: null };
  const { sha256: _, peaks, ...take } = portrait.take;
  const url = context.mediaUrl(`/media/takes/${take.id}.wav`);
  return { ...portrait, take: { ...take, peaks: packPeaks(peaks), url } };
}

function settle(context: Caller, id: string, change: Change): PortraitDetail {
  if (change.ok) {
    context.studio.changes.note('portraits');
    return detail(context, id);
  }
  if (change.code === 'STALE') throw new ORPCError('STALE', { status: 409, data: { revision: change.revision } });
  if (change.code === 'WRONG_STATE') throw new ORPCError('WRONG_STATE', { status: 409, data: { state: change.state } });
  if (change.code === 'NOT_FOUND') throw new ORPCError('NOT_FOUND', { status: 404, data: {} });
  throw new ORPCError('NEEDS_CONSENT', { status: 422, data: {} });
}

export const libraryRouter = os.library.router({
  ...inboxHandlers,
  get: os.library.get.handler(({ context, input }) => detail(context, input.id)),
  approve: os.library.approve.handler(({ context, input: { id, revision } }) =>
    settle(context, id, context.studio.library.portraits.approve(id, revision, actorOf(context))),
  ),
  reject: os.library.reject.handler(({ context, input: { id, revision } }) =>
    settle(context, id, context.studio.library.portraits.moveTo(id, revision, 'rejected', actorOf(context))),
  ),
  restore: os.library.restore.handler(({ context, input: { id, revision } }) =>
    settle(context, id, context.studio.library.portraits.moveTo(id, revision, 'toReview', actorOf(context))),
  ),
});
