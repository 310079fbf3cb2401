import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds for the whole of it: a printer that takes longer is out of paper, open, or not there. */
const patience = 6000;
/** Many printers never close their end: all bytes taken, this long without a complaint counts as done. */
const quiet = 800;

/** `absent`: nothing answers there; `failed`: it answered, and did not take all of it. */
export type Sent = 'sent' | 'absent' | 'failed';

/** To a printer on the network, as raw bytes. */
export function sendToNetwork(host: string, port: number, bytes: Uint8Array, ms = patience): Promise<Sent> {
  return new Promise((resolve) => {
    let reached = false;
    const socket = connect({ host, port });
    const timer = setTimeout(() => over(reached ? 'failed' : 'absent'), ms);
    function over(outcome: Sent): void {
      clearTimeout(timer);
      socket.destroy();
      resolve(outcome);
    }
    socket.once('connect', () => {
      reached = true;
      socket.end(bytes, () => setTimeout(() => over('sent'), quiet));
    });
    // Printers answer nothing, or a status nobody asked for; it must be read for the end to come.
    socket.resume();
    socket.once('close', (hadError) => {
      if (!hadError) over('sent');
    });
    // A reset may come before the connection is told of.
    socket.once('error', ({ code }: NodeJS.ErrnoException) =>
      over(reached || code === 'ECONNRESET' || code === 'EPIPE' ? 'failed' : 'absent'),
    );
  });
}

/** What of an opened device is needed to print on it. */
export interface PrinterDevice {
  write(bytes: Uint8Array): Promise<{ bytesWritten: number }>;
  close(): Promise<void>;
}

/** To a printer on a cable that was opened and looked at; it is closed afterwards. No thread waits for one that is busy. */
export async function sendToDevice(device: PrinterDevice, bytes: Uint8Array, ms = patience): Promise<Sent> {
  const until = performance.now() + ms;
  try {
    let rest = bytes;
    while (rest.length > 0) {
      try {
        const { bytesWritten } = await device.write(rest);
        rest = rest.subarray(bytesWritten);
      } catch (error) {
        const busy = (error as NodeJS.ErrnoException).code === 'EAGAIN';
        if (!busy || performance.now() > until) return 'failed';
        await pause(50);
      }
    }
    return 'sent';
  } finally {
    await device.close().catch(() => undefined);
  }
}
