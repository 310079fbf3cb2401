import { ORPCError } from '@orpc/server';
import type { NetworkState } from '../../../shared/contract/network.ts';
import { actorOf, type Caller, os } from './base.ts';

function state({ studio, staff }: Caller): NetworkState {
  const desks = studio.staff.desks('network').map(({ id, name, device, address, since, lastSeen }) => ({
    id,
    name,
    device,
    address,
    since,
    lastSeen,
    own: id === staff?.sessionId,
  }));
  return { ...studio.network.state(), locked: studio.staff.isLocked('network'), desks };
}

export const networkRouter = os.network.router({
  state: os.network.state.handler(({ context }) => state(context)),
  switchOn: os.network.switchOn.handler(async ({ context }) => {
    await context.studio.network.switchOn(actorOf(context));
    return state(context);
  }),
  switchOff: os.network.switchOff.handler(async ({ context }) => {
    await context.studio.network.switchOff(actorOf(context));
    return state(context);
  }),
  unlock: os.network.unlock.handler(({ context }) => {
    context.studio.staff.unlock('network', actorOf(context));
    return state(context);
  }),
  disconnect: os.network.disconnect.handler(({ context, input }) => {
    const gone = context.studio.staff.disconnect(input.id, actorOf(context));
    if (!gone) throw new ORPCError('NOT_FOUND', { status: 404, data: {} });
    return state(context);
  }),
});
