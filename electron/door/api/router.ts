import { os } from './base.ts';
import { boothRouter } from './booth.ts';
import { captureRouter } from './capture.ts';
import { consentRouter } from './consent.ts';
import { deliveryRouter } from './delivery.ts';
import { eventRouter, eventsRouter, healthRouter, settingsRouter } from './keeping.ts';
import { libraryRouter } from './library.ts';
import { printingRouter } from './printing.ts';
import { staffRouter } from './staff.ts';
import { ticketRouter } from './ticket.ts';

/** The whole contract, answered. */
export const router = os.router({
  booth: boothRouter,
  capture: captureRouter,
  library: libraryRouter,
  delivery: deliveryRouter,
  staff: staffRouter,
  health: healthRouter,
  events: eventsRouter,
  event: eventRouter,
  settings: settingsRouter,
  ticket: ticketRouter,
  consent: consentRouter,
  printing: printingRouter,
});
