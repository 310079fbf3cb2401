import { expect, test, vi } from 'vitest';
import { answerChunk } from '../../../electron/door/capture.ts';
import type { ChunkPut } from '../../../electron/studio/capture/capture.ts';
import { chunkLimit, chunkPath, chunkReceipt, chunkRefusal, tokenHeader } from '../../../shared/contract/capture.ts';
import { newId } from '../../../shared/domain/ids.ts';

const takeId = newId();

async function put(path: string, init: RequestInit & { duplex?: 'half' } = {}, outcome?: ChunkPut) {
  const putChunk = vi.fn(async () => outcome ?? ({ ok: true, durableChunks: 4, durableFrames: 90 } as const));
  const request = new Request(`http://127.0.0.1${path}`, {
    method: 'PUT',
    headers: { [tokenHeader]: 'secret' },
    body: Uint8Array.of(1, 2, 3),
    ...init,
  });
  const response = await answerChunk({ putChunk }, request);
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text), putChunk };
}

test('hands the chunk on and answers the receipt', async () => {
  const { status, body, putChunk } = await put(chunkPath(takeId, 3));
  expect(status).toBe(200);
  expect(chunkReceipt.parse(body)).toEqual({ durableChunks: 4, durableFrames: 90 });
  expect(putChunk).toHaveBeenCalledExactlyOnceWith(takeId, 3, 'secret', Buffer.of(1, 2, 3));
});

test.each([
  [{ ok: false, code: 'INVALID' }, 400],
  [{ ok: false, code: 'UNKNOWN_TAKE' }, 404],
  [{ ok: false, code: 'MISSING_CHUNKS', expected: 2 }, 409],
  [{ ok: false, code: 'CLOSED' }, 409],
  [{ ok: false, code: 'TOO_LARGE' }, 413],
  [{ ok: false, code: 'DISK_FULL' }, 507],
] as [ChunkPut, number][])('answers %o with its status', async (outcome, wanted) => {
  const { status, body } = await put(chunkPath(takeId, 3), {}, outcome);
  expect(status).toBe(wanted);
  const { ok: _, ...refusal } = outcome;
  expect(chunkRefusal.parse(body)).toEqual(refusal);
});

test.each([
  '/capture/../../etc/passwd/0',
  `/capture/${takeId}/-1`,
  `/capture/${takeId}/1.5`,
  `/capture/${takeId}/0/0`,
  `/capture/${takeId}/`,
  `/capture/${takeId}/99999999999`,
  `/capture/${takeId.toUpperCase()}/0`,
  `/capture/%2e%2e%2f${takeId}/0`,
])('refuses the address %s', async (path) => {
  const { status, putChunk } = await put(path);
  expect(status).toBe(400);
  expect(putChunk).not.toHaveBeenCalled();
});

test('refuses another method, a missing token, and more than a chunk, told or untold', async () => {
  expect((await put(chunkPath(takeId, 0), { method: 'POST' })).status).toBe(405);
  expect((await put(chunkPath(takeId, 0), { headers: {} })).status).toBe(404);
  const large = new Uint8Array(chunkLimit + 3);
  expect((await put(chunkPath(takeId, 0), { body: large })).status).toBe(413);
  const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65_536)) });
  expect((await put(chunkPath(takeId, 0), { body: endless, duplex: 'half' })).status).toBe(413);
  const broken = new ReadableStream({ pull: (controller) => controller.error(new Error('gone')) });
  const { status, putChunk } = await put(chunkPath(takeId, 0), { body: broken, duplex: 'half' });
  expect(status).toBe(400);
  expect(putChunk).not.toHaveBeenCalled();
});
