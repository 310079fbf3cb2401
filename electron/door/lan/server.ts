import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { type Incoming, namesOneHost, twoHosts } from '../oneHost.ts';
import { plain } from '../plain.ts';

export interface ServeSecurely {
  host: string;
  port: number;
  key: string;
  cert: string;
  /** `address` is that of the machine that asks. */
  answer(request: Request, address: string): Promise<Response>;
  /** Whether one more connection of a machine is taken. */
  welcome(address: string): boolean;
}

/** Connections at once, whoever they are of: a desk keeps six, its long poll among them. */
const mostConnections = 64;

const patience: ServerOptions = {
  // Nothing older is spoken by any browser the desk runs in.
  minVersion: 'TLSv1.2',
  handshakeTimeout: 5_000,
  // Who sends a request one byte at a time does not hold a connection for long.
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16 * 1024,
};
/** A connection on which nothing moves; the long poll answers sooner. */
const idleMs = 40_000;

/** Answers over TLS on one address of this machine; what is not TLS is hung up on, without a word. */
export function serveSecurely({ host, port, key, cert, answer, welcome }: ServeSecurely) {
  const server = createAdaptorServer({
    fetch: (
      request: Request,
      { incoming }: { incoming: Incoming & { socket: { remoteAddress?: string | undefined } } },
    ) => (namesOneHost(incoming) ? answer(plain(request), incoming.socket.remoteAddress ?? '') : twoHosts()),
    createServer,
    serverOptions: { ...patience, key, cert },
    overrideGlobalObjects: false,
  });
  server.maxConnections = mostConnections;
  if ('setTimeout' in server) server.setTimeout(idleMs);
  // Before the handshake: that is what costs.
  server.prependListener('connection', (socket: { remoteAddress?: string; destroy(): void }) => {
    if (!welcome(socket.remoteAddress ?? '')) socket.destroy();
  });
  return new Promise<{ port: number; close(): Promise<void> }>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      resolve({
        port: (server.address() as AddressInfo).port,
        async close() {
          const gone = new Promise<void>((done) => server.close(() => done()));
          if ('closeAllConnections' in server) server.closeAllConnections();
          await gone;
        },
      });
    });
  });
}
