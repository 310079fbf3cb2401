import { sessionHeader } from '../../../shared/contract/staff.ts';
import { importPath } from '../../../shared/domain/importing.ts';
import type { Studio } from '../../studio/studio.ts';
import { createDoor, largestCall } from '../door.ts';
import { type BodyFailure, type BodyLimits, withWholeBody } from './body.ts';
import { type Asker, createPace, usualPace } from './pace.ts';
import { type Peer, serveSecurely } from './server.ts';

/** Before a session there is a PIN to send, and nothing else. */
const guestBody: BodyLimits = { bytes: 16 * 1024, ms: 5_000 };
/** On a hall's Wi-Fi a long transcript takes its time. */
const deskBody = (pathname: string): BodyLimits => ({ bytes: largestCall(pathname), ms: 30_000 });
const statuses: Record<BodyFailure, number> = { tooLarge: 413, tooSlow: 408, gone: 400 };

/** A long poll waits most of its life and works for none of it: it takes nobody's turn. */
const poll = '/api/events/next';
/** What is written to disk as it comes. It has limits of its own, and takes nobody's turn for as long as the line takes. */
const isUpload = ({ method }: Request, pathname: string) =>
  method === 'PUT' && (pathname === importPath || pathname.startsWith('/cover/'));

const refusal = (text: string, status: number, headers: Record<string, string>) =>
  new Response(text, { status, headers: { ...headers, 'x-content-type-options': 'nosniff' } });
const later = (status: number) => refusal('later, please', status, { 'retry-after': '1' });

/** The session a request names, in its header or in a signed address; whether it may do what it asks is the door's. */
function namedSession(studio: Studio, request: Request, url: URL): string | undefined {
  const token = /^Bearer ([\w-]{20,100})$/.exec(request.headers.get(sessionHeader) ?? '')?.[1];
  if (token !== undefined) return studio.staff.session(token, 'network', Number.MAX_SAFE_INTEGER)?.id;
  const given = url.searchParams.get('session');
  return given !== null && studio.staff.sessionSignal(given, 'network') !== undefined ? given : undefined;
}

/**
 * The same door, put on the network over TLS while an organiser wants it there. It stands beside the door because it is
 * the door, in another frame: it adds sockets, certificate and pace, and decides nothing of who may do what.
 */
export async function putOnNetwork(studio: Studio, options: { rendererDir: string; soundsDir: string }): Promise<void> {
  // Only its own addresses, and only those that are open now.
  const origins: string[] = [];
  const door = createDoor(studio, { ...options, origins, way: 'network' });
  const pace = createPace(usualPace, () => performance.now());

  async function answer(request: Request, { address, isDesk }: Peer): Promise<Response> {
    if (!studio.network.isOpen()) return later(503);
    const url = new URL(request.url);
    const session = namedSession(studio, request, url);
    if (session !== undefined) isDesk(session);
    const asker: Asker = { key: session ?? `guest ${address}`, guest: session === undefined };
    if (!pace.allowed(asker.key)) return later(429);
    if (isUpload(request, url.pathname)) return door(request, address);
    const whole = await withWholeBody(request, asker.guest ? guestBody : deskBody(url.pathname));
    // What is still on its way belongs to nothing any more.
    if (typeof whole === 'string') return refusal(whole, statuses[whole], { connection: 'close' });
    if (url.pathname === poll) return door(whole, address);
    return (await pace.turn(asker, () => door(whole, address))) ?? later(503);
  }

  await studio.network.attach(async ({ host, port, identity: { key, cert } }) => {
    const listening = await serveSecurely({ host, port, key, cert, answer });
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
