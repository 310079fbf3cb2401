import { createServer } from 'node:net';

/** `wished` where it is free on loopback, else any free port. */
export async function freePort(wished: number): Promise<number> {
  return (await listens(wished)) ?? (await listens(0)) ?? 0;
}

/** The port that could be listened on (another than asked only for 0), or null. */
function listens(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : null));
    });
  });
}
