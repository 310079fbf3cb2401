import { lastDayOfUse } from '../../../shared/domain/consent.ts';
import { os } from './base.ts';

export const boothRouter = os.booth.router({
  config: os.booth.config.handler(({ context: { studio } }) => {
    const { bigButtonKeys, idleSeconds, idleGraceSeconds, microphone, loudspeaker } = studio.library.settings.get();
    const event = studio.library.events.current();
    const { keptDays: _, ...consent } = event.consent;
    return {
      event,
      cooperatives: studio.library.events.cooperatives(),
      notices: studio.consentTexts.notices,
      consent: {
        ...consent,
        controller: consent.controller || event.name,
        until: lastDayOfUse(event),
        ticketPrinter: studio.tickets.offered(),
      },
      bigButtonKeys,
      idleSeconds,
      idleGraceSeconds,
      chosen: { microphone, loudspeaker },
    };
  }),
  readiness: os.booth.readiness.handler(({ context }) => context.studio.readiness()),
  reportMicrophone: os.booth.reportMicrophone.handler(({ context: { studio }, input }) => {
    studio.microphone.report(input);
    studio.changes.note('health');
    return {};
  }),
  reportDevices: os.booth.reportDevices.handler(({ context: { studio }, input }) => {
    studio.devices.report(input);
    return {};
  }),
  orders: os.booth.orders.handler(({ context: { studio, signal }, input }) =>
    studio.devices.orders(input.after, input.waitMs, signal),
  ),
  tellTest: os.booth.tellTest.handler(({ context: { studio }, input: { id, ...state } }) => ({
    wanted: studio.devices.tell(id, state),
  })),
});
