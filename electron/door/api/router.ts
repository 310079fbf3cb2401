import { os } from './base.ts';
import { boothRouter } from './booth.ts';
import { captureRouter } from './capture.ts';
import { deliveryRouter } from './delivery.ts';
import { editorRouter } from './editor.ts';
import { eventRouter, eventsRouter, healthRouter, settingsRouter } from './keeping.ts';
import { libraryRouter } from './library.ts';
import { staffRouter } from './staff.ts';

/** The whole contract, answered. */
export const router = os.router({
  booth: boothRouter,
  capture: captureRouter,
  library: libraryRouter,
  editor: editorRouter,
  delivery: deliveryRouter,
  staff: staffRouter,
  health: healthRouter,
  events: eventsRouter,
  event: eventRouter,
  settings: settingsRouter,
});
