import { ORPCError } from '@orpc/server';
import { actorOf, os } from './base.ts';

/** The hosts' list and what is done to many portraits at once; part of the library's router. */
export const inboxHandlers = {
  list: os.library.list.handler(({ context, input }) => context.studio.library.portraits.list(input)),
  facets: os.library.facets.handler(({ context, input }) => context.studio.library.portraits.facets(input)),
  among: os.library.among.handler(({ context, input }) => ({ ids: context.studio.library.portraits.among(input) })),
  pick: os.library.pick.handler(({ context, input }) => context.studio.library.portraits.pick(input)),
  bulk: os.library.bulk.handler(({ context, input }) => {
    const { studio } = context;
    const done = studio.library.acts.bulk(input, actorOf(context));
    if (done.act !== null) studio.changes.note('portraits');
    return done;
  }),
  undoAct: os.library.undoAct.handler(({ context, input }) => {
    const { studio } = context;
    const outcomes = studio.library.acts.undo(input.act, actorOf(context));
    if (outcomes === 'unknown') throw new ORPCError('NOT_FOUND', { status: 404, data: {} });
    if (outcomes === 'undone') throw new ORPCError('UNDONE', { status: 409, data: {} });
    studio.changes.note('portraits');
    return { outcomes };
  }),
};
