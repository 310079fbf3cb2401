import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createMedia, parseRange } from '../../../electron/door/media.ts';
import { createStatic } from '../../../electron/door/static.ts';

const dir = mkdtempSync(join(tmpdir(), 'phonomaton-media-'));
afterAll(() => rmSync(dir, { recursive: true }));
const take = '0192a1b2-0000-7000-8000-000000000001';
const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);
writeFileSync(join(dir, `${take}.wav`), bytes);
writeFileSync(join(dir, 'secret.wav'), 'secret');

/** One session that lives until the last test ends it. */
const session = new AbortController();
const signalOf = (id: string) => (id === 'alive' ? session.signal : undefined);
const media = createMedia({ takes: dir, renditions: dir }, () => new Date('2026-01-01T10:00:00Z'), signalOf);
const base = 'http://booth';
async function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return media.answer(new Request(base + path, { headers, method }), new URL(base + path));
}

describe('media', () => {
  const good = media.url(`/media/takes/${take}.wav`, 'alive');

  it('answers whole and in ranges', async () => {
    const whole = await ask(good);
    expect(whole.status).toBe(200);
    expect(new Uint8Array(await whole.arrayBuffer())).toEqual(bytes);
    const part = await ask(good, { range: 'bytes=10-19' });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe('bytes 10-19/1000');
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(bytes.slice(10, 20));
    expect((await ask(good, { range: 'bytes=1000-' })).status).toBe(416);
    expect((await ask(good, {}, 'HEAD')).headers.get('content-length')).toBe('1000');
  });

  it('refuses an address that is unsigned, altered or expired, and every way out of its folders', async () => {
    expect((await ask(`/media/takes/${take}.wav`)).status).toBe(403);
    expect((await ask(good.replace(/key=./, 'key=x'))).status).toBe(403);
    expect((await ask(good.replace(/until=\d/, 'until=9'))).status).toBe(403);
    const later = createMedia({ takes: dir, renditions: dir }, () => new Date('2026-01-01T15:00:00Z'), signalOf);
    expect((await later.answer(new Request(base + good), new URL(base + good))).status).toBe(403);
    expect((await ask(good.replace('session=alive', 'session=other'))).status).toBe(403);
    expect((await ask(media.url(`/media/takes/${take}.wav`, 'other'))).status).toBe(403);
    for (const trick of ['../secret.wav', '..%2fsecret.wav', 'secret.wav', `${take}.wav%00.mp3`, '....//secret.wav']) {
      const path = `/media/takes/${trick}`;
      expect((await ask(path)).status).toBe(404);
      // Even with a right signature, a name of another form is not looked up.
      const signed = media.url(new URL(base + path).pathname, 'alive');
      expect((await ask(signed)).status).toBe(404);
    }
  });

  it('never answers outside the file (property)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.string({ maxLength: 20 }),
        fc.nat(700),
        fc.nat(700),
        (size, junk, a, b) => {
          for (const header of [junk, `bytes=${a}-${b}`, `bytes=${a}-`, `bytes=-${b}`, null]) {
            const range = parseRange(header, size);
            if (range === undefined || range === 'unsatisfiable') continue;
            expect(range.start).toBeGreaterThanOrEqual(0);
            expect(range.end).toBeLessThan(size);
            expect(range.start).toBeLessThanOrEqual(range.end);
          }
        },
      ),
    );
  });
});

describe('an address of a session that ends', () => {
  it('is refused from then on, and what was being answered breaks off', async () => {
    writeFileSync(join(dir, `${take.replace(/1$/, '2')}.wav`), new Uint8Array(4_000_000));
    const address = media.url(`/media/takes/${take.replace(/1$/, '2')}.wav`, 'alive');
    const running = await ask(address);
    const reader = running.body?.getReader();
    expect((await reader?.read())?.done).toBe(false);
    session.abort();
    await expect(
      (async () => {
        while ((await reader?.read())?.done === false);
      })(),
    ).rejects.toThrow();
    expect((await ask(address)).status).toBe(403);
  });
});

describe('static files', () => {
  const answer = createStatic({ renderer: join(dir, 'renderer'), sounds: join(dir, 'sounds') });
  it('finds nothing outside its folders, whatever the path (property)', async () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '%2e%2e',
      '%2f',
      '/',
      '\\',
      '%5c',
      'sounds',
      'secret.wav',
      '%00',
      'assets',
      '%',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
        const url = new URL(`${base}/${pieces.join('/')}`);
        expect((await answer(new Request(url), url)).status).toBe(404);
      }),
    );
  });
});
