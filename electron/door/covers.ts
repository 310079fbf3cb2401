import { type CoverProblem, coverBytes } from '../../shared/domain/batch.ts';
import type { Publication } from '../studio/publication/publication.ts';

/** `/cover/{batchId}`, and nothing that could be a path. */
const address = /^\/cover\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const statuses: Record<CoverProblem | 'NOT_FOUND' | 'NOT_ALLOWED' | 'INVALID', number> = {
  NOT_FOUND: 404,
  NOT_ALLOWED: 403,
  INVALID: 400,
  TOO_LARGE: 413,
  NOT_A_PICTURE: 415,
  TOO_SMALL: 422,
  TOO_MANY_PIXELS: 422,
  NO_FFMPEG: 503,
  FFMPEG_FAILED: 503,
  DISK_FULL: 507,
};
const refuse = (code: keyof typeof statuses) => Response.json({ code }, { status: statuses[code] });

/** Takes a batch's cover: `PUT` with a staff session, the picture as the body. Larger than any call may be. */
export async function answerCover(
  covers: Publication['covers'],
  request: Request,
  url: URL,
  role: 'visitor' | 'host' | 'organiser',
): Promise<Response> {
  if (request.method !== 'PUT') return new Response(null, { status: 405, headers: { allow: 'PUT' } });
  if (role === 'visitor') return refuse('NOT_ALLOWED');
  const [, batchId] = address.exec(url.pathname) ?? [];
  if (batchId === undefined) return refuse('INVALID');
  if (Number(request.headers.get('content-length') ?? 0) > coverBytes) return refuse('TOO_LARGE');
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of request.body ?? []) {
      length += part.length;
      if (length > coverBytes) return refuse('TOO_LARGE');
      parts.push(part);
    }
  } catch {
    return refuse('INVALID');
  }
  const answer = await covers.set(batchId, Buffer.concat(parts), role);
  return answer.ok ? Response.json({}) : refuse(answer.code);
}
