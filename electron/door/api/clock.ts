import { ORPCError } from '@orpc/server';
import type { ClockAnswer } from '../../../shared/contract/clock.ts';
import type { Studio } from '../../studio/studio.ts';
import { actorOf, os } from './base.ts';

function state({ clock, consent }: Studio): ClockAnswer {
  return { ...clock.state(), due: consent.unsure() };
}

type Answered = ReturnType<Studio['clock']['confirm']>;
function answer(studio: Studio, answered: Answered) {
  if (answered.ok) return { state: state(studio), portraits: answered.portraits };
  throw answered.code === 'CHANGED'
    ? new ORPCError('CHANGED', { status: 409, data: {} })
    : new ORPCError('IMPOSSIBLE', { status: 422, data: {} });
}

export const clockRouter = os.clock.router({
  state: os.clock.state.handler(({ context }) => state(context.studio)),
  confirm: os.clock.confirm.handler(({ context, input }) =>
    answer(context.studio, context.studio.clock.confirm(new Date(input.shown), actorOf(context))),
  ),
  correct: os.clock.correct.handler(({ context, input }) =>
    answer(context.studio, context.studio.clock.correct(new Date(input.at), actorOf(context))),
  ),
  letGo: os.clock.letGo.handler(({ context, input }) =>
    answer(context.studio, context.studio.clock.letGo(new Date(input.shown), actorOf(context))),
  ),
});
