import { isDeepStrictEqual } from 'node:util';
import { ORPCError } from '@orpc/server';
import { settingsHere } from '../../../shared/contract/settings.ts';
import { actorOf, onlyHere, os } from './base.ts';

export const healthRouter = os.health.router({
  state: os.health.state.handler(({ context }) => context.studio.health.state()),
});

export const eventsRouter = os.events.router({
  next: os.events.next.handler(({ context, input }) =>
    context.studio.changes.next(input.after, input.waitMs, context.signal),
  ),
});

export const eventRouter = os.event.router({
  current: os.event.current.handler(({ context: { studio } }) => studio.library.events.current()),
  save: os.event.save.handler(({ context, input }) => {
    const { studio } = context;
    const event = studio.library.events.save(input, actorOf(context));
    studio.changes.note('event');
    return event;
  }),
  create: os.event.create.handler(({ context, input }) => {
    const { studio } = context;
    const event = studio.library.events.create(input, actorOf(context));
    studio.changes.note('event');
    return event;
  }),
});

export const settingsRouter = os.settings.router({
  get: os.settings.get.handler(({ context: { studio } }) => studio.library.settings.get()),
  save: os.settings.save.handler(async ({ context, input }) => {
    const { studio } = context;
    const before = studio.library.settings.get();
    const changed = settingsHere.filter((name) => !isDeepStrictEqual(before[name], input[name]));
    if (changed.length > 0) {
      onlyHere(context, changed);
      const trouble = await studio.places.trouble(input, changed);
      if (trouble !== undefined) throw new ORPCError('NOT_USABLE', { status: 422, data: trouble });
    }
    const saved = studio.library.settings.save(input, actorOf(context));
    studio.changes.note('settings');
    studio.devices.chosen();
    return saved;
  }),
});
