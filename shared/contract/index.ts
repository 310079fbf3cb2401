import { boothContract } from './booth.ts';
import { captureContract } from './capture.ts';
import { deliveryContract } from './delivery.ts';
import { editorContract } from './editor.ts';
import { eventContract } from './event.ts';
import { eventsContract, healthContract } from './health.ts';
import { libraryContract } from './library.ts';
import { settingsContract } from './settings.ts';
import { staffContract } from './staff.ts';

/** Every call the interface can make. Both ends are derived from it; see ARCHITECTURE.md, “One door”. */
export const contract = {
  booth: boothContract,
  capture: captureContract,
  library: libraryContract,
  editor: editorContract,
  delivery: deliveryContract,
  staff: staffContract,
  health: healthContract,
  events: eventsContract,
  event: eventContract,
  settings: settingsContract,
};
export type Contract = typeof contract;

/** Where the calls live on the door. */
export const apiPrefix = '/api';
