import { ORPCError } from '@orpc/server';
import type { ConsentDetail } from '../../../shared/contract/authorisation.ts';
import { readCode } from '../../../shared/domain/code.ts';
import { actorOf, type Caller, os } from './base.ts';

function missing(): never {
  throw new ORPCError('NOT_FOUND', { status: 404, data: {} });
}

function detail({ studio, mediaUrl }: Caller, id: string): ConsentDetail {
  const found = studio.consent.detail(id);
  if (found === undefined) return missing();
  return { ...found, evidenceUrl: found.acts.length === 0 ? null : mediaUrl(`/papers/preuve/${id}.html`) };
}

/** With the name they go by, since the evidence has to be read without us. */
const whoOf = (caller: Caller) => ({ actor: actorOf(caller), name: caller.staff?.name ?? null });

export const consentRouter = os.consent.router({
  of: os.consent.of.handler(({ context, input }) => detail(context, input.id)),
  record: os.consent.record.handler(async ({ context, input: { id, ...hearsay } }) => {
    const done = await context.studio.consent.recordFor(id, hearsay, whoOf(context));
    if (done.ok) return detail(context, id);
    if (done.code !== 'NOT_FOUND') throw new ORPCError(done.code, { status: 422, data: {} });
    return missing();
  }),
  withdraw: os.consent.withdraw.handler(async ({ context, input: { id, purposes } }) => {
    const done = await context.studio.consent.withdraw(id, purposes, whoOf(context));
    return done.ok ? { whole: done.whole, purposes: done.purposes } : missing();
  }),
  undoWithdrawal: os.consent.undoWithdrawal.handler(({ context, input: { id } }) =>
    context.studio.consent.undoWithdrawal(id, whoOf(context)) ? detail(context, id) : missing(),
  ),
  confirmWithdrawal: os.consent.confirmWithdrawal.handler(async ({ context, input: { id } }) =>
    (await context.studio.consent.confirmWithdrawal(id, whoOf(context))) ? {} : missing(),
  ),
  overview: os.consent.overview.handler(({ context }) => context.studio.consent.overview()),
  settleCopies: os.consent.settleCopies.handler(({ context, input: { id, copy } }) => {
    if (!context.studio.library.exports.settleCopies(id, copy, actorOf(context))) return missing();
    context.studio.consent.settle(id);
    context.studio.changes.note('portraits');
    return {};
  }),
  find: os.consent.find.handler(({ context: { studio }, input }) => {
    const code = readCode(input.code);
    const found = code === undefined ? undefined : studio.library.consent.byCode(code);
    if (found === undefined) return missing();
    return { ...found, title: studio.library.portraits.get(found.id)?.title ?? '' };
  }),
  access: os.consent.access.handler(({ context, input }) => {
    const { studio, mediaUrl } = context;
    if (studio.library.portraits.get(input.id) === undefined) return missing();
    studio.library.consent.noteDossier(input.id, actorOf(context));
    return { url: mediaUrl(`/papers/dossier/${input.id}.html`) };
  }),
});
