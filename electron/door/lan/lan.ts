import type { Studio } from '../../studio/studio.ts';
import { createDoor } from '../door.ts';
import { createPace, usualPace } from './pace.ts';
import { serveSecurely } from './server.ts';

/** New connections of one machine, a second on the long run, and at once. */
const connections = { ...usualPace, perSecond: 5, burst: 40 };
/** A long poll waits most of its life and works for none of it: it takes nobody's turn. */
const poll = '/api/events/next';
const later = (status: number) =>
  new Response('later, please', { status, headers: { 'retry-after': '1', 'x-content-type-options': 'nosniff' } });

/**
 * The same door, put on the network over TLS while an organiser wants it there. It stands beside the door because it is
 * the door, in another frame: it adds sockets, certificate and pace, and decides nothing of who may do what.
 */
export async function putOnNetwork(studio: Studio, options: { rendererDir: string; soundsDir: string }): Promise<void> {
  // Only its own addresses, and only those that are open now.
  const origins: string[] = [];
  const door = createDoor(studio, { ...options, origins, way: 'network' });
  const requests = createPace(usualPace, () => performance.now());
  const welcomes = createPace(connections, () => performance.now());

  async function answer(request: Request, address: string): Promise<Response> {
    if (!studio.network.isOpen()) return later(503);
    if (!requests.allowed(address)) return later(429);
    const { pathname } = new URL(request.url);
    if (pathname === poll) return door(request, address);
    return (await requests.turn(() => door(request, address))) ?? later(503);
  }

  await studio.network.attach(async ({ host, port, identity: { key, cert } }) => {
    const listening = await serveSecurely({ host, port, key, cert, answer, welcome: welcomes.allowed });
    const origin = `https://${host}:${listening.port}`;
    origins.push(origin);
    return {
      port: listening.port,
      close() {
        origins.splice(origins.indexOf(origin), 1);
        return listening.close();
      },
    };
  });
}
