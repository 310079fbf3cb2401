import { type ChunkReceipt, type ChunkRefusal, chunkLimit, tokenHeader } from '../../shared/contract/capture.ts';
import type { Capture } from '../studio/capture/capture.ts';

/** `/capture/{takeId}/{chunk}`, and nothing that could be a path. */
const address = /^\/capture\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/(\d{1,9})$/;
const statuses: Record<ChunkRefusal['code'], number> = {
  INVALID: 400,
  UNKNOWN_TAKE: 404,
  MISSING_CHUNKS: 409,
  CLOSED: 409,
  TOO_LARGE: 413,
  DISK_FULL: 507,
};

function refuse(refusal: ChunkRefusal): Response {
  return Response.json(refusal, { status: statuses[refusal.code] });
}

/** The whole body, or undefined as soon as it is more than one chunk may be. */
async function bodyOf(request: Request): Promise<Uint8Array | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > chunkLimit) return undefined;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request.body ?? []) {
    length += part.length;
    if (length > chunkLimit) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Takes one chunk of sound: `PUT`, the take's token in a header, raw PCM as the body. */
export async function answerChunk(
  capture: Pick<Capture, 'putChunk'>,
  request: Request,
  url = new URL(request.url),
): Promise<Response> {
  if (request.method !== 'PUT') return new Response(null, { status: 405, headers: { allow: 'PUT' } });
  const [, takeId, chunk] = address.exec(url.pathname) ?? [];
  if (takeId === undefined || chunk === undefined) return refuse({ code: 'INVALID' });
  const token = request.headers.get(tokenHeader) ?? '';
  if (token === '') return refuse({ code: 'UNKNOWN_TAKE' });
  let bytes: Uint8Array | undefined;
  try {
    bytes = await bodyOf(request);
  } catch {
    // The page went away in the middle; it sends the chunk again.
    return refuse({ code: 'INVALID' });
  }
  if (bytes === undefined) return refuse({ code: 'TOO_LARGE' });
  const put = await capture.putChunk(takeId, Number(chunk), token, bytes);
  if (!put.ok)
    return refuse(put.code === 'MISSING_CHUNKS' ? { code: put.code, expected: put.expected } : { code: put.code });
  const { durableChunks, durableFrames } = put;
  return Response.json({ durableChunks, durableFrames } satisfies ChunkReceipt);
}
