import type { Publication } from '../studio/publication/publication.ts';
import { lasting } from './lasting.ts';

/** `/export/{jobId}.zip`, and nothing that could be a path. */
const address = /^\/export\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.zip$/;

/**
 * Streams a ready export. `session` is the signal of the session the address was given to, while both are valid: the download
 * ends with it.
 */
export function answerExport(
  zip: Publication['zip'],
  request: Request,
  url: URL,
  session: AbortSignal | undefined,
): Response {
  if (request.method !== 'GET' && request.method !== 'HEAD') return new Response(null, { status: 405 });
  const [, jobId] = address.exec(url.pathname) ?? [];
  if (jobId === undefined) return new Response('not found', { status: 404 });
  if (session === undefined) return new Response('not allowed', { status: 403 });
  const answer = zip(jobId);
  if (answer === undefined) return new Response('not ready', { status: 409 });
  return new Response(request.method === 'HEAD' ? null : lasting(answer.open(), session), {
    headers: {
      'content-type': 'application/zip',
      'content-length': String(answer.length),
      'content-disposition': `attachment; filename="${answer.name}"`,
      'cache-control': 'private, no-store',
    },
  });
}
