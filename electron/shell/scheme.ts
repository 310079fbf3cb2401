import type { Protocol } from 'electron';

const scheme = 'app';
/** Where the pages live in Electron: a secure origin of its own, without any open port. */
export const appOrigin = `${scheme}://studio`;

export const pages = { booth: `${appOrigin}/`, desk: `${appOrigin}/desk` } as const;

/**
 * Gives the scheme what a web origin has: relative addresses, a secure context (the microphone needs one), fetch, and
 * bodies read as they come. Has to be called before the app is ready.
 */
export function registerScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } },
  ]);
}

/** Mounts the one front door; anything that names another host under the scheme is turned away. */
export function mountDoor(protocol: Pick<Protocol, 'handle'>, door: (request: Request) => Promise<Response>): void {
  protocol.handle(scheme, (request) =>
    isOurs(request.url) ? door(request) : new Response('not found', { status: 404 }),
  );
}

/** Whether an address is of our own origin. */
export function isOurs(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && `${parsed.protocol}//${parsed.host}` === appOrigin && parsed.username === '';
}

/** Whether an address is one of our pages, the only ones a window may go to. */
export function isPage(url: string): boolean {
  const path = isOurs(url) ? URL.parse(url)?.pathname : undefined;
  return path === '/' || path === '/desk';
}
