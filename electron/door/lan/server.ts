import type { Server } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { type Incoming, namesOneHost, twoHosts } from '../oneHost.ts';
import { plain } from '../plain.ts';
import { createHandshakes, usualHandshakes } from './handshakes.ts';
import { createLines, type Line, usualLines } from './lines.ts';

/** Who sent a request. */
export interface Peer {
  /** Of the machine. */
  address: string;
  /** The request belongs to this session, which lives: its connection is that desk's. */
  isDesk(session: string): void;
}

export interface ServeSecurely {
  host: string;
  port: number;
  key: string;
  cert: string;
  answer(request: Request, peer: Peer): Promise<Response>;
}

const patience: ServerOptions = {
  // Nothing older is spoken by any browser the desk runs in.
  minVersion: 'TLSv1.2',
  handshakeTimeout: 5_000,
  // Who sends a request one byte at a time does not hold a connection for long.
  headersTimeout: 5_000,
  // How long a body may take depends on whose it is: `lan.ts` says so. A host's sound takes as long as it takes.
  requestTimeout: 0,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16 * 1024,
};
/** A connection on which nothing moves; the long poll answers sooner. */
const idleMs = 40_000;

/**
 * Puts `gate` before what the server does with a new connection: the handshake is what costs. The platform has no other
 * place for it; its documentation lets anybody emit `connection`, and this emits it later.
 */
function before(server: Server, gate: (socket: Socket, shake: () => void) => void): void {
  const shakes = server.listeners('connection');
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    gate(socket, () => {
      for (const shake of shakes) shake.call(server, socket);
    });
  });
}

/** Answers over TLS on one address of this machine; what is not TLS is hung up on, without a word. */
export function serveSecurely({ host, port, key, cert, answer }: ServeSecurely) {
  const lines = createLines(usualLines);
  const handshakes = createHandshakes(usualHandshakes, () => performance.now());
  /** By the port the machine asks from: the encrypted end of a connection does not name its plain one. */
  const known = new Map<string, Line>();
  const nameOf = (socket: { remoteAddress?: string | undefined; remotePort?: number | undefined }) =>
    `${socket.remoteAddress} ${socket.remotePort}`;

  const server = createAdaptorServer({
    fetch: (request: Request, { incoming }: { incoming: Incoming & { socket: Socket } }) => {
      if (!namesOneHost(incoming)) return twoHosts();
      const { socket } = incoming;
      const line = known.get(nameOf(socket));
      return answer(plain(request), {
        address: socket.remoteAddress ?? '',
        isDesk: (session) => line && lines.signedIn(line, session),
      });
    },
    createServer,
    serverOptions: { ...patience, key, cert },
    overrideGlobalObjects: false,
  }) as Server;
  server.setTimeout(idleMs);

  before(server, (socket, shake) => {
    const address = socket.remoteAddress ?? '';
    const name = nameOf(socket);
    const line = { address, end: () => void socket.destroy() };
    socket.on('error', () => undefined);
    socket.once('close', () => {
      lines.left(line);
      if (known.get(name) === line) known.delete(name);
    });
    known.set(name, line);
    lines.arrived(line);
    handshakes.arrived(
      address,
      () => {
        if (!socket.destroyed) shake();
      },
      line.end,
    );
  });

  return new Promise<{ port: number; close(): Promise<void> }>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      resolve({
        port: (server.address() as AddressInfo).port,
        async close() {
          const gone = new Promise<void>((done) => server.close(() => done()));
          for (const { end } of [...known.values()]) end();
          server.closeAllConnections();
          await gone;
        },
      });
    });
  });
}
