import { describe, expect, it } from 'vitest';
import { withWholeBody } from '../../../electron/door/lan/body.ts';

const limits = { bytes: 1000, ms: 50 };
const sent = (body: ReadableStream<Uint8Array>, headers: Record<string, string> = {}) =>
  new Request('https://desk.test/api/x', { method: 'POST', headers, body, ...{ duplex: 'half' } });
const parts = (...sizes: number[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const size of sizes) controller.enqueue(new Uint8Array(size).fill(7));
      controller.close();
    },
  });

describe('a body that is read before its turn', () => {
  it('is there in whole, with what the request said of it', async () => {
    const whole = await withWholeBody(sent(parts(400, 0, 600), { 'content-type': 'application/json' }), limits);
    if (typeof whole === 'string') throw new Error(whole);
    expect(new Uint8Array(await whole.arrayBuffer())).toEqual(new Uint8Array(1000).fill(7));
    expect([whole.method, whole.url, whole.headers.get('content-type')]).toEqual([
      'POST',
      'https://desk.test/api/x',
      'application/json',
    ]);
  });

  it('is measured by what comes, not by what was announced', async () => {
    expect(await withWholeBody(sent(parts(600, 600), { 'content-length': '10' }), limits)).toBe('tooLarge');
    expect(await withWholeBody(sent(parts(10), { 'content-length': '5000' }), limits)).toBe('tooLarge');
  });

  it('that never ends, or comes a byte at a time, is let go of in its time', async () => {
    let cancelled = 0;
    const silent = new ReadableStream<Uint8Array>({ cancel: () => void cancelled++ });
    expect(await withWholeBody(sent(silent), limits)).toBe('tooSlow');
    let timer: NodeJS.Timeout | undefined;
    const drip = new ReadableStream<Uint8Array>({
      start(controller) {
        timer = setInterval(() => controller.enqueue(new Uint8Array(1)), 5);
      },
      cancel() {
        clearInterval(timer);
        cancelled++;
      },
    });
    expect(await withWholeBody(sent(drip), limits)).toBe('tooSlow');
    await expect.poll(() => cancelled).toBe(2);
  });

  it('whose line breaks is nobody’s', async () => {
    const broken = new ReadableStream<Uint8Array>({ start: (controller) => controller.error(new Error('reset')) });
    expect(await withWholeBody(sent(broken), limits)).toBe('gone');
  });
});
