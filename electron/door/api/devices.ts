import { actorOf, os } from './base.ts';

export const devicesRouter = os.devices.router({
  known: os.devices.known.handler(({ context: { studio } }) => studio.devices.known()),
  choose: os.devices.choose.handler(({ context, input }) => {
    const { settings } = context.studio.library;
    const { microphone, loudspeaker } = input;
    const wished = {
      ...(microphone !== undefined && { microphone }),
      ...(loudspeaker !== undefined && { loudspeaker }),
    };
    settings.save({ ...settings.get(), ...wished }, actorOf(context));
    context.studio.changes.note('settings');
    context.studio.devices.chosen();
    return {};
  }),
  test: os.devices.test.handler(({ context: { studio }, input }) => ({ id: studio.devices.begin(input) })),
  level: os.devices.level.handler(({ context: { studio }, input }) => studio.devices.level(input.id)),
  stopTest: os.devices.stopTest.handler(({ context: { studio }, input }) => {
    studio.devices.stop(input.id);
    return {};
  }),
});
