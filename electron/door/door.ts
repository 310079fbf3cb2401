import { ORPCError, onError } from '@orpc/server';
import { BodyLimitPlugin, RPCHandler } from '@orpc/server/fetch';
import { importPath } from '../../shared/contract/import.ts';
import { apiPrefix } from '../../shared/contract/index.ts';
import { sessionHeader } from '../../shared/contract/staff.ts';
import type { Studio } from '../studio/studio.ts';
import { router } from './api/router.ts';
import { answerChunk } from './capture.ts';
import { answerImport } from './import.ts';
import { createMedia } from './media.ts';
import { createStatic } from './static.ts';

export type Door = (request: Request) => Promise<Response>;

export interface DoorOptions {
  /** The built interface (`dist/renderer`). */
  rendererDir: string;
  /** Sounds that ship with the booth (`resources/sounds`). */
  soundsDir: string;
  /** Origins this door is reached at, e.g. `http://127.0.0.1:7411` or `app://studio`. Anything else is refused. */
  origins: readonly string[];
  now?: () => Date;
}

/** Largest body of an API call, in bytes; sound travels as chunks with a limit of their own. */
const bodyLimit = 256 * 1024;

const everywhere: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'microphone=(self), camera=(), geolocation=(), display-capture=(), usb=(), serial=(), hid=()',
};

/** The one handler of everything the interface does: calls, sound in, sound out, and the pages themselves. */
export function createDoor(studio: Studio, options: DoorOptions): Door {
  const now = options.now ?? (() => new Date());
  const media = createMedia(studio.folders, now, studio.takePeaks);
  const files = createStatic({ renderer: options.rendererDir, sounds: options.soundsDir });
  const api = new RPCHandler(router, {
    plugins: [new BodyLimitPlugin({ maxBodySize: bodyLimit })],
    interceptors: [
      onError((error) => {
        if (!(error instanceof ORPCError) || error.status >= 500) studio.log('a call failed', error);
      }),
    ],
  });

  /**
   * Whether the request comes from one of our own pages. The host is checked too: a hostile site may give its own name
   * the booth's address (DNS rebinding), and then origin and host are both its own.
   */
  function fromOurselves(request: Request, url: URL): boolean {
    if (!options.origins.includes(`${url.protocol}//${url.host}`)) return false;
    const origin = request.headers.get('origin');
    if (origin !== null && !options.origins.includes(origin)) return false;
    const site = request.headers.get('sec-fetch-site');
    const navigation = request.headers.get('sec-fetch-mode') === 'navigate';
    return site === null || site === 'same-origin' || site === 'none' || navigation;
  }

  function callerOf(request: Request) {
    const header = request.headers.get(sessionHeader) ?? '';
    const token = /^Bearer ([\w-]{20,100})$/.exec(header)?.[1];
    const session = token === undefined ? undefined : studio.staff.session(token);
    return {
      studio,
      role: session?.role ?? ('visitor' as const),
      token: session ? token : undefined,
      expiresAt: session?.expiresAt,
      mediaUrl: media.url,
      signal: request.signal,
    };
  }

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    if (!fromOurselves(request, url)) return new Response('not allowed', { status: 403 });
    if (url.pathname.startsWith(`${apiPrefix}/`)) {
      const { matched, response } = await api.handle(request, { prefix: apiPrefix, context: callerOf(request) });
      return matched ? response : new Response('not found', { status: 404 });
    }
    if (url.pathname.startsWith('/capture/')) return answerChunk(studio.capture, request, url);
    if (url.pathname === importPath) return answerImport(studio, callerOf(request), request, url);
    if (url.pathname.startsWith('/media/')) return media.answer(request, url);
    return files(request, url);
  }

  return async (request) => {
    let response: Response;
    try {
      response = await answer(request);
    } catch (error) {
      studio.log('the door failed', error);
      response = new Response('something went wrong', { status: 500 });
    }
    for (const [name, value] of Object.entries(everywhere)) response.headers.set(name, value);
    return response;
  };
}
