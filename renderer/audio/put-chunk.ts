import { chunkPath, tokenHeader } from '../../shared/domain/chunk.ts';
import type { PutReply } from './outbox.ts';

/** A studio that has not answered by then is taken to be out of reach; the repeat is harmless. */
const patienceMs = 10_000;

function field(body: unknown, name: string): number | undefined {
  const value = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}

/** Sends one chunk to the door. Never rejects: a studio that cannot be reached or makes no sense is `down`. */
export async function putChunk(
  base: string,
  takeId: string,
  token: string,
  chunk: number,
  bytes: Uint8Array<ArrayBuffer>,
  fetching: typeof fetch = fetch,
): Promise<PutReply> {
  try {
    const response = await fetching(`${base}${chunkPath(takeId, chunk)}`, {
      method: 'PUT',
      headers: { [tokenHeader]: token, 'content-type': 'application/octet-stream' },
      body: bytes,
      signal: AbortSignal.timeout(patienceMs),
    });
    const body: unknown = await response.json();
    if (response.ok) {
      const durableFrames = field(body, 'durableFrames');
      return durableFrames === undefined ? { kind: 'down' } : { kind: 'receipt', durableFrames };
    }
    if (response.status === 507) return { kind: 'full' };
    const expected = field(body, 'expected');
    if (response.status === 409 && expected !== undefined) return { kind: 'missing', expected };
    return response.status < 500 ? { kind: 'refused' } : { kind: 'down' };
  } catch {
    return { kind: 'down' };
  }
}
