import { z } from 'zod';
import { empty, hostCall, instant, organiserCall } from './base.ts';

/** A desk that is signed in over the network. */
export const connectedDesk = z.object({
  /** Names the session; it is not its token. */
  id: z.string(),
  name: z.string(),
  /** As the browser calls itself. */
  device: z.string(),
  address: z.string(),
  since: instant,
  lastSeen: instant,
  /** The desk that asks. */
  own: z.boolean(),
});
export type ConnectedDesk = z.infer<typeof connectedDesk>;

export const networkState = z.object({
  on: z.boolean(),
  /** When it closes by itself. */
  until: instant.nullable(),
  /** One for each network the booth is on. */
  addresses: z.array(z.string()),
  /** SHA-256 of the certificate, in hexadecimal capitals. */
  fingerprint: z.string().nullable(),
  problem: z.enum(['noNetwork', 'notOpened']).nullable(),
  /** Closed by too many wrong PINs, until somebody opens it. */
  locked: z.boolean(),
  desks: z.array(connectedDesk),
});
export type NetworkState = z.infer<typeof networkState>;

/** The desk on other machines of the network: off unless an organiser wants it, and off again when the day is over. */
export const networkContract = {
  state: hostCall.route({ method: 'GET' }).input(empty).output(networkState),
  switchOn: organiserCall.input(empty).output(networkState),
  /** Every desk on the network is signed out. */
  switchOff: organiserCall.input(empty).output(networkState),
  /** Hears PINs from the network again. */
  unlock: organiserCall.input(empty).output(networkState),
  /** Signs one desk out, at once. */
  disconnect: organiserCall
    .errors({ NOT_FOUND: { status: 404, data: empty } })
    .input(z.object({ id: z.string().min(1).max(60) }))
    .output(networkState),
};
