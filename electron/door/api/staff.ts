import { ORPCError } from '@orpc/server';
import { os } from './base.ts';

export const staffRouter = os.staff.router({
  status: os.staff.status.handler(({ context: { studio } }) => ({ setUp: studio.staff.isSetUp() })),
  setUp: os.staff.setUp.handler(async ({ context: { studio }, input }) => {
    const session = await studio.staff.setUp(input.pin);
    if (session === undefined) throw new ORPCError('ALREADY_SET_UP', { status: 409, data: {} });
    return session;
  }),
  signIn: os.staff.signIn.handler(async ({ context: { studio }, input }) => {
    const answer = await studio.staff.signIn(input.pin);
    if (answer.ok) return answer.session;
    if (answer.code === 'NOT_SET_UP') throw new ORPCError('NOT_SET_UP', { status: 409, data: {} });
    const status = answer.code === 'WAIT' ? 429 : 401;
    throw new ORPCError(answer.code, { status, data: { waitSeconds: answer.waitSeconds } });
  }),
  me: os.staff.me.handler(({ context }) => ({ role: context.role, expiresAt: context.expiresAt ?? '' })),
  signOut: os.staff.signOut.handler(({ context }) => {
    if (context.token !== undefined) context.studio.staff.signOut(context.token);
    return {};
  }),
});
