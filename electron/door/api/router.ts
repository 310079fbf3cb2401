import { os } from './base.ts';
import { batchesRouter } from './batches.ts';
import { boothRouter } from './booth.ts';
import { captureRouter } from './capture.ts';
import { clockRouter } from './clock.ts';
import { consentRouter } from './consent.ts';
import { deliveryRouter } from './delivery.ts';
import { devicesRouter } from './devices.ts';
import { draftsRouter } from './drafts.ts';
import { editorRouter } from './editor.ts';
import { eventRouter, eventsRouter, healthRouter, settingsRouter } from './keeping.ts';
import { libraryRouter } from './library.ts';
import { networkRouter } from './network.ts';
import { printingRouter } from './printing.ts';
import { staffRouter } from './staff.ts';
import { ticketRouter } from './ticket.ts';
import { transcriptRouter } from './transcript.ts';
import { wordsRouter } from './words.ts';

/** The whole contract, answered. */
export const router = os.router({
  booth: boothRouter,
  capture: captureRouter,
  library: libraryRouter,
  editor: editorRouter,
  batches: batchesRouter,
  delivery: deliveryRouter,
  staff: staffRouter,
  health: healthRouter,
  events: eventsRouter,
  event: eventRouter,
  settings: settingsRouter,
  network: networkRouter,
  clock: clockRouter,
  words: wordsRouter,
  drafts: draftsRouter,
  transcript: transcriptRouter,
  ticket: ticketRouter,
  consent: consentRouter,
  printing: printingRouter,
  devices: devicesRouter,
});
