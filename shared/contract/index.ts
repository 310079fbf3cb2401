import { consentContract } from './authorisation.ts';
import { batchesContract } from './batches.ts';
import { boothContract } from './booth.ts';
import { captureContract } from './capture.ts';
import { clockContract } from './clock.ts';
import { deliveryContract } from './delivery.ts';
import { devicesContract } from './devices.ts';
import { draftsContract } from './drafts.ts';
import { editorContract } from './editor.ts';
import { eventContract } from './event.ts';
import { eventsContract, healthContract } from './health.ts';
import { libraryContract } from './library.ts';
import { networkContract } from './network.ts';
import { printingContract } from './printing.ts';
import { settingsContract } from './settings.ts';
import { staffContract } from './staff.ts';
import { ticketContract } from './ticket.ts';
import { transcriptContract } from './transcript.ts';
import { wordsContract } from './words.ts';

/** Every call the interface can make. Both ends are derived from it; see ARCHITECTURE.md, “One door”. */
export const contract = {
  booth: boothContract,
  capture: captureContract,
  library: libraryContract,
  editor: editorContract,
  batches: batchesContract,
  delivery: deliveryContract,
  staff: staffContract,
  health: healthContract,
  events: eventsContract,
  event: eventContract,
  settings: settingsContract,
  network: networkContract,
  clock: clockContract,
  words: wordsContract,
  drafts: draftsContract,
  transcript: transcriptContract,
  printing: printingContract,
  devices: devicesContract,
  ticket: ticketContract,
  consent: consentContract,
};
export type Contract = typeof contract;

/** Where the calls live on the door. */
export const apiPrefix = '/api';
