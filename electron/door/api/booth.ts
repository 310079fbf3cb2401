import { lastDayOfUse } from '../../../shared/domain/consent.ts';
import { os } from './base.ts';

export const boothRouter = os.booth.router({
  config: os.booth.config.handler(({ context: { studio } }) => {
    const { bigButtonKeys, idleSeconds, idleGraceSeconds } = studio.library.settings.get();
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
    };
  }),
  readiness: os.booth.readiness.handler(({ context }) => context.studio.readiness()),
  reportMicrophone: os.booth.reportMicrophone.handler(({ context: { studio }, input }) => {
    studio.microphone.report(input);
    studio.changes.note('health');
    return {};
  }),
});
