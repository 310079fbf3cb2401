import { ORPCError } from '@orpc/server';
import type { Member } from '../../../shared/contract/staff.ts';
import { shortestOnNetwork } from '../../studio/staff/staff.ts';
import { actorOf, type Caller, os } from './base.ts';

type Outcome = Awaited<ReturnType<Caller['studio']['staff']['changePin']>>;
type Refusal = Exclude<Awaited<ReturnType<Caller['studio']['staff']['signIn']>> | Outcome, { ok: true }>;

const statuses = {
  NOT_SET_UP: 409,
  TAKEN: 409,
  LAST_ORGANISER: 409,
  NOT_FOUND: 404,
  LOCKED: 423,
  TOO_SHORT: 422,
} as const;

function refuse(refusal: Refusal): never {
  const { code } = refusal;
  if (code === 'WRONG_PIN' || code === 'WAIT') {
    const status = code === 'WAIT' ? 429 : 401;
    throw new ORPCError(code, { status, data: { waitSeconds: refusal.waitSeconds } });
  }
  const data = code === 'TOO_SHORT' ? { least: shortestOnNetwork } : {};
  throw new ORPCError(code, { status: statuses[code], data });
}

function settled(outcome: Outcome): Member {
  return outcome.ok ? outcome.member : refuse(outcome);
}

/** The member who asks; the gate has let nobody else through to where it is asked. */
function own({ staff }: Caller) {
  if (staff === undefined) throw new ORPCError('NOT_ALLOWED', { status: 403, data: { needs: 'host' } });
  return staff;
}

export const staffRouter = os.staff.router({
  status: os.staff.status.handler(({ context: { studio, desk } }) => ({
    setUp: studio.staff.isSetUp(),
    network: desk.way === 'network',
    shortestPin: desk.way === 'network' ? shortestOnNetwork : 4,
  })),
  setUp: os.staff.setUp.handler(async ({ context: { studio }, input }) => {
    const session = await studio.staff.setUp(input.pin, input.name);
    if (session === undefined) throw new ORPCError('ALREADY_SET_UP', { status: 409, data: {} });
    return session;
  }),
  signIn: os.staff.signIn.handler(async ({ context: { studio, desk }, input }) => {
    const answer = await studio.staff.signIn(input.pin, desk);
    return answer.ok ? answer.session : refuse(answer);
  }),
  vouch: os.staff.vouch.handler(async ({ context: { studio }, input }) => {
    const answer = await studio.staff.vouch(input.pin);
    if (!answer.ok) return refuse(answer);
    const { vouch, name, expiresAt } = answer;
    return { vouch, name, expiresAt };
  }),
  me: os.staff.me.handler(({ context }) => {
    const { staffId, name, role } = own(context);
    return { id: staffId, name, role, expiresAt: context.expiresAt ?? '' };
  }),
  signOut: os.staff.signOut.handler(({ context }) => {
    if (context.token !== undefined) context.studio.staff.signOut(context.token);
    return {};
  }),
  changePin: os.staff.changePin.handler(async ({ context, input }) =>
    settled(await context.studio.staff.changePin(own(context), input, context.desk.way)),
  ),

  members: os.staff.members.handler(({ context }) => context.studio.staff.members()),
  add: os.staff.add.handler(async ({ context, input }) =>
    settled(await context.studio.staff.add(input, actorOf(context), context.desk.way)),
  ),
  change: os.staff.change.handler(({ context, input: { id, ...change } }) =>
    settled(context.studio.staff.change(id, change, actorOf(context))),
  ),
  resetPin: os.staff.resetPin.handler(async ({ context, input: { id, pin } }) =>
    settled(await context.studio.staff.resetPin(id, pin, actorOf(context), context.desk.way)),
  ),
  setDisabled: os.staff.setDisabled.handler(({ context, input: { id, disabled } }) =>
    settled(context.studio.staff.setDisabled(id, disabled, actorOf(context))),
  ),
  audit: os.staff.audit.handler(({ context, input }) => context.studio.library.trail.list(input)),
});
