import { ORPCError } from '@orpc/server';
import type { GateRefusal } from '../../../shared/domain/consent.ts';
import { actorOf, os } from './base.ts';

type Refusal =
  | { ok: false; code: 'NOT_FOUND' }
  | { ok: false; code: 'NO_CONSENT'; why: GateRefusal }
  | { ok: false; code: 'PLAIN'; why: 'unsaid' | 'public' }
  | { ok: false; code: 'IN_USE'; waiting: number }
  | { ok: false; code: 'WRONG_STATE'; state: string };

/** The value of an outcome; a refusal is thrown as the contract's typed error. */
function settled<T>(outcome: { ok: true; value: T } | Refusal): T {
  if (outcome.ok) return outcome.value;
  if (outcome.code === 'IN_USE') throw new ORPCError('IN_USE', { status: 409, data: { waiting: outcome.waiting } });
  if (outcome.code === 'WRONG_STATE') {
    throw new ORPCError('WRONG_STATE', { status: 409, data: { state: outcome.state } });
  }
  if (outcome.code === 'NO_CONSENT') throw new ORPCError('NO_CONSENT', { status: 422, data: { why: outcome.why } });
  if (outcome.code === 'PLAIN') throw new ORPCError('PLAIN', { status: 422, data: { why: outcome.why } });
  throw new ORPCError(outcome.code, { status: 404, data: {} });
}

export const deliveryRouter = os.delivery.router({
  destinations: os.delivery.destinations.handler(({ context }) => context.studio.delivery.destinations()),
  saveDestination: os.delivery.saveDestination.handler(({ context, input }) =>
    settled(context.studio.delivery.saveDestination(input, actorOf(context))),
  ),
  removeDestination: os.delivery.removeDestination.handler(({ context, input }) => {
    settled(context.studio.delivery.removeDestination(input, actorOf(context)));
    return {};
  }),
  testDestination: os.delivery.testDestination.handler(async ({ context, input }) =>
    settled(await context.studio.delivery.testDestination(input, context.signal)),
  ),
  resumeDestination: os.delivery.resumeDestination.handler(({ context, input }) =>
    settled(context.studio.delivery.resumeDestination(input, actorOf(context))),
  ),
  publish: os.delivery.publish.handler(({ context, input }) =>
    settled(context.studio.delivery.publish(input, actorOf(context))),
  ),
  queue: os.delivery.queue.handler(({ context }) => context.studio.delivery.queue()),
  retry: os.delivery.retry.handler(({ context, input }) =>
    settled(context.studio.delivery.retry(input, actorOf(context))),
  ),
  cancel: os.delivery.cancel.handler(({ context, input }) =>
    settled(context.studio.delivery.cancel(input, actorOf(context))),
  ),
});
