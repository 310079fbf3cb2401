import { ORPCError, onError } from '@orpc/server';
import { BodyLimitPlugin, RPCHandler } from '@orpc/server/fetch';
import { apiPrefix } from '../../shared/contract/index.ts';
import { idleHeader, sessionHeader } from '../../shared/contract/staff.ts';
import { longestCaptionFile } from '../../shared/domain/captionFiles.ts';
import { timeHeader } from '../../shared/domain/clock.ts';
import { importPath } from '../../shared/domain/importing.ts';
import type { WayIn } from '../studio/staff/staff.ts';
import type { Studio } from '../studio/studio.ts';
import { router } from './api/router.ts';
import { answerChunk } from './capture.ts';
import { answerCover } from './covers.ts';
import { answerExport } from './exports.ts';
import { answerImport } from './import.ts';
import { createMedia } from './media.ts';
import { answerPaper } from './papers.ts';
import { createStatic } from './static.ts';

/** `address` is that of the machine that asks, where the door stands on a network. */
export type Door = (request: Request, address?: string) => Promise<Response>;

export interface DoorOptions {
  /** The built interface (`dist/renderer`). */
  rendererDir: string;
  /** Sounds that ship with the booth (`resources/sounds`). */
  soundsDir: string;
  /** Origins this door is reached at, e.g. `http://127.0.0.1:7411` or `app://studio`. Anything else is refused. */
  origins: readonly string[];
  /** On the network the door shows the desk alone, and answers nothing of the booth. */
  way?: WayIn;
}

/** Largest body of an API call, in bytes; sound travels as chunks with a limit of their own. */
const bodyLimit = 256 * 1024;
/** The calls that carry a caption file or a transcript as long as the contract lets it be, and room for it in JSON. */
const longCalls = new Set([`${apiPrefix}/transcript/read`, `${apiPrefix}/words/saveTranscript`]);
const longBodyLimit = 4 * longestCaptionFile;

/** The same for the call at this path. */
export const largestCall = (pathname: string): number => (longCalls.has(pathname) ? longBodyLimit : bodyLimit);

const everywhere: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'microphone=(self), camera=(), geolocation=(), display-capture=(), usb=(), serial=(), hid=()',
};

/** The one handler of everything the interface does: calls, sound in, sound out, and the pages themselves. */
export function createDoor(studio: Studio, options: DoorOptions): Door {
  const way = options.way ?? 'booth';
  const media = createMedia(
    studio.folders,
    studio.clock.running,
    (session) => studio.staff.sessionSignal(session, way),
    studio.takePeaks,
  );
  const folders = { renderer: options.rendererDir, sounds: options.soundsDir };
  const files = createStatic(folders, way === 'network' ? 'desk' : 'all');
  const apiWithin = (maxBodySize: number) =>
    new RPCHandler(router, {
      plugins: [new BodyLimitPlugin({ maxBodySize })],
      interceptors: [
        onError((error) => {
          if (!(error instanceof ORPCError) || error.status >= 500) studio.log('a call failed', error);
        }),
      ],
    });
  const api = apiWithin(bodyLimit);
  const longApi = apiWithin(longBodyLimit);

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

  function callerOf(request: Request, address: string) {
    const header = request.headers.get(sessionHeader) ?? '';
    const token = /^Bearer ([\w-]{20,100})$/.exec(header)?.[1];
    const idle = Number(request.headers.get(idleHeader) ?? 0) * 1000;
    const session =
      token === undefined ? undefined : studio.staff.session(token, way, Number.isFinite(idle) ? idle : 0);
    const device = (request.headers.get('user-agent') ?? '').slice(0, 300);
    return {
      studio,
      role: session?.role ?? ('visitor' as const),
      staff: session && { staffId: session.staffId, sessionId: session.id, role: session.role, name: session.name },
      desk: { way, device, address },
      token: session ? token : undefined,
      expiresAt: session?.expiresAt,
      mediaUrl: (path: string) => media.url(path, session?.id ?? ''),
      signal: session ? AbortSignal.any([request.signal, session.signal]) : request.signal,
    };
  }

  async function answer(request: Request, address: string): Promise<Response> {
    const url = new URL(request.url);
    if (!fromOurselves(request, url)) return new Response('not allowed', { status: 403 });
    if (url.pathname.startsWith(`${apiPrefix}/`)) {
      const context = callerOf(request, address);
      // Nobody without a session has more to say than a call usually does.
      const long = context.role !== 'visitor' && longCalls.has(url.pathname);
      const { matched, response } = await (long ? longApi : api).handle(request, { prefix: apiPrefix, context });
      return matched ? response : new Response('not found', { status: 404 });
    }
    if (url.pathname.startsWith('/capture/') && way === 'booth') return answerChunk(studio.capture, request, url);
    if (url.pathname === importPath) return answerImport(studio, callerOf(request, address), request, url);
    if (url.pathname.startsWith('/cover/')) {
      return answerCover(studio.publication.covers, request, url, callerOf(request, address).role);
    }
    if (url.pathname.startsWith('/export/')) {
      return answerExport(studio.publication.zip, request, url, media.alive(url));
    }
    if (url.pathname.startsWith('/media/')) return media.answer(request, url);
    if (url.pathname.startsWith('/papers/')) return answerPaper(studio.consent, request, url, media.alive);
    return files(request, url);
  }

  return async (request, address = '') => {
    let response: Response;
    try {
      response = await answer(request, address);
    } catch (error) {
      studio.log('the door failed', error);
      response = new Response('something went wrong', { status: 500 });
    }
    for (const [name, value] of Object.entries(everywhere)) response.headers.set(name, value);
    response.headers.set(timeHeader, studio.clock.now().toISOString());
    return response;
  };
}
