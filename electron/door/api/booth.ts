import { os } from './base.ts';

export const boothRouter = os.booth.router({
  config: os.booth.config.handler(({ context: { studio } }) => {
    const { bigButtonKeys, idleSeconds, idleGraceSeconds } = studio.library.settings.get();
    return {
      event: studio.library.events.current(),
      cooperatives: studio.library.events.cooperatives(),
      notices: studio.consentTexts.notices,
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
