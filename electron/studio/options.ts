import type { ScryptOptions } from 'node:crypto';
import type { AudioOptions } from './audio/audio.ts';
import type { DeliveryParts } from './delivery/delivery.ts';
import type { KeyStore } from './delivery/secrets.ts';
import type { WhisperOptions } from './transcript/whisper.ts';

/** What a studio is built with. */
export interface StudioOptions {
  /** Where everything the booth keeps lives; made when it is not there. */
  dataDir: string;
  /** Consent texts, question sets, sounds. */
  resourcesDir: string;
  /** The system clock; the studio's own clock judges it. */
  now?: () => Date;
  /** Milliseconds that pass as time does, whatever the system clock says; the machine's own count when left out. */
  steady?: () => number;
  /** Hears what went wrong, with what was being done; never given names, PINs or passwords. */
  log?: (what: string, error?: unknown) => void;
  /** The operating system's key store; without it passwords lie in a file only its owner can read. */
  keyStore?: KeyStore;
  fetch?: typeof globalThis.fetch;
  /** A cheaper guess, for tests; a booth takes the recommended cost. */
  pinCost?: ScryptOptions;
  /** Addresses and port of the desk on the network, for tests: they never leave loopback. */
  network?: { addresses: () => string[]; port: number };
  /** How much room there is, and how much of it is kept for recordings; for tests. */
  disk?: { free?: (folder: string) => Promise<number>; reserve?: number };
  /** Folders below which exports may go, instead of the person's own and what is plugged in; for tests. */
  exportRoots?: readonly string[];
  /** Shorter waits, for tests. */
  deliveryTimes?: DeliveryParts['times'];
  /** Where programs of this machine are looked for, and how long they may be silent; for tests. */
  programs?: { ffmpeg?: Pick<AudioOptions, 'find' | 'limits'>; whisper?: Pick<WhisperOptions, 'path' | 'limits'> };
}
