import { ORPCError } from '@orpc/server';
import { type Caller, os } from './base.ts';

/** Whose drafts they are: the session says, never the page. */
function memberOf({ staff }: Caller): string {
  if (staff === undefined) throw new ORPCError('NOT_ALLOWED', { status: 403, data: { needs: 'host' } });
  return staff.staffId;
}
const statuses = { GONE: 410, FULL: 409, BAD_DRAFT: 422 } as const;

export const draftsRouter = os.drafts.router({
  list: os.drafts.list.handler(({ context }) => context.studio.library.drafts.list(memberOf(context))),
  save: os.drafts.save.handler(({ context, input }) => {
    const done = context.studio.library.drafts.save({ ...input, staffId: memberOf(context) });
    if (done !== 'saved') throw new ORPCError(done, { status: statuses[done], data: {} });
    return {};
  }),
  drop: os.drafts.drop.handler(({ context, input }) => {
    context.studio.library.drafts.drop(memberOf(context), input.ids);
    return {};
  }),
});
