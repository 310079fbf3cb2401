import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { Readable } from 'node:stream';

const types: Record<string, string> = {
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
  '.flac': 'audio/flac',
  '.ogg': 'audio/ogg',
  '.m4a': 'audio/mp4',
  '.peaks': 'application/octet-stream',
  '.jpg': 'image/jpeg',
};
const validSeconds = 3600;

/**
 * Answers a file, or the byte range asked for (RFC 9110, section 14); 404 when it is not there, 416 when out of range.
 * `signal` ends the answer in the middle.
 */
export async function answerFile(
  request: Request,
  path: string,
  headers: Record<string, string>,
  signal?: AbortSignal,
): Promise<Response> {
  const info = await stat(path).catch(() => undefined);
  if (info === undefined || !info.isFile()) return new Response('not found', { status: 404 });
  const size = info.size;
  const common = { ...headers, 'accept-ranges': 'bytes' };
  const range = parseRange(request.headers.get('range'), size);
  if (range === 'unsatisfiable') {
    return new Response(null, { status: 416, headers: { ...common, 'content-range': `bytes */${size}` } });
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  const length = Math.max(0, end - start + 1);
  const answerHeaders: Record<string, string> = { ...common, 'content-length': String(length) };
  if (range) answerHeaders['content-range'] = `bytes ${start}-${end}/${size}`;
  const empty = request.method === 'HEAD' || length === 0;
  const body = empty
    ? null
    : (Readable.toWeb(createReadStream(path, { start, end, ...(signal && { signal }) })) as ReadableStream<Uint8Array>);
  return new Response(body, { status: range ? 206 : 200, headers: answerHeaders });
}

/** One range, inclusive; undefined when the header is absent or not a single byte range (then the whole file is sent). */
export function parseRange(
  header: string | null,
  size: number,
): { start: number; end: number } | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (match === null) return undefined;
  const [, from = '', to = ''] = match;
  if (from === '' && to === '') return undefined;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (start >= size || start > end || (from === '' && Number(to) === 0)) return 'unsatisfiable';
  return { start, end };
}

/**
 * Sounds on the door. An audio element cannot send a session header, so an address is given only to who has a session,
 * is signed with a key that lives as long as the process, and expires, with its session at the latest. The name is
 * checked against a strict pattern: no path ever comes from a request. `takePeaks` makes the file a take is drawn from,
 * where it is not there yet.
 */
export function createMedia(
  folders: { takes: string; renditions: string; covers: string },
  now: () => Date,
  sessionSignal: (session: string) => AbortSignal | undefined,
  takePeaks: (takeId: string) => Promise<boolean> = async () => false,
) {
  const key = randomBytes(32);
  const sign = (path: string, until: string, session: string) =>
    createHmac('sha256', key).update(`${path}\n${until}\n${session}`).digest('hex');
  const name = /^\/media\/(takes|renditions|covers)\/([0-9a-f-]{36}|[0-9a-f]{64})\.(wav|mp3|flac|ogg|m4a|peaks|jpg)$/;

  /** The signal of the session an address was given to, while both are valid; it aborts when the session ends. */
  function alive(url: URL): AbortSignal | undefined {
    const until = url.searchParams.get('until') ?? '';
    const session = url.searchParams.get('session') ?? '';
    const given = Buffer.from(url.searchParams.get('key') ?? '');
    const right = Buffer.from(sign(url.pathname, until, session));
    const valid = given.length === right.length && timingSafeEqual(given, right);
    if (!valid || Number(until) * 1000 < now().getTime()) return undefined;
    const signal = sessionSignal(session);
    return signal?.aborted ? undefined : signal;
  }

  return {
    /** An address for one session; it ends when the session does. */
    url(path: string, session: string): string {
      // Whole hours, so that a page that asks twice gets the same address and the browser its cached sound.
      const until = String(Math.ceil(now().getTime() / 1000 / validSeconds) * validSeconds + validSeconds);
      return `${path}?until=${until}&session=${session}&key=${sign(path, until, session)}`;
    },
    alive,
    async answer(request: Request, url: URL): Promise<Response> {
      if (request.method !== 'GET' && request.method !== 'HEAD') return new Response(null, { status: 405 });
      const match = name.exec(url.pathname);
      if (match === null) return new Response('not found', { status: 404 });
      const signal = alive(url);
      if (signal === undefined) return new Response('not allowed', { status: 403 });
      const folder = folders[match[1] as keyof typeof folders];
      const file = basename(url.pathname);
      if (match[1] === 'takes' && extname(file) === '.peaks') await takePeaks(basename(file, '.peaks'));
      return answerFile(
        request,
        join(folder, file),
        {
          'content-type': types[extname(file)] ?? 'application/octet-stream',
          'cache-control': 'private, no-store',
        },
        signal,
      );
    },
  };
}
