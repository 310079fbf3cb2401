import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGzip, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonOf } from '../../../../electron/studio/delivery/destinations/wordpress/noise.ts';
import { detailOf } from '../../../../electron/studio/delivery/destinations/wordpress/refusals.ts';
import { send } from '../../../../electron/studio/delivery/network.ts';
import { growth } from '../../../fixtures/growth.ts';

const nested = (depth: number, [open, close]: readonly [string, string] = ['[', ']']) =>
  open.repeat(depth) + close.repeat(depth);

describe('the JSON of a site', () => {
  it.each([
    ['is nested without an end', nested(1_900_000)],
    ['is nested in objects', nested(500_000, ['{"a":', '}']).replace(':}', ':1}')],
    ['is nested behind a notice', `"<b>Notice</b>: "\n${nested(1_000_000)}`],
    ['has a million values', `[${'0,'.repeat(1_900_000)}0]`],
    ['has a million objects', `[${'{},'.repeat(1_300_000)}{}]`],
    ['has nothing but openings', '{'.repeat(4_000_000)],
    ['has a million little lists', '[]'.repeat(2_000_000)],
    ['has a million little words', '{"a"}'.repeat(800_000)],
  ])('that %s is not understood', (_, text) => expect(jsonOf(text)).toBeUndefined());

  it('as large as sites really answer is read', () => {
    const route = (index: number) => [
      `/wp/v2/r${index}`,
      { methods: ['GET', 'POST'], endpoints: [{ args: { id: {} } }] },
    ];
    const root = {
      namespaces: ['wp/v2'],
      routes: Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => route(i))),
    };
    expect(jsonOf(JSON.stringify(root))).toEqual(root);
    expect(jsonOf(`<br />Notice: x in y\n${JSON.stringify(root)}`)).toEqual(root);
    expect(jsonOf(nested(59))).toBeDefined();
  });

  it('makes nobody of a name that every object has', () => {
    const said = jsonOf('{"__proto__":{"code":"login"},"constructor":{"prototype":{"code":"x"}}}') as object;
    expect(Object.getPrototypeOf(said)).toBe(Object.prototype);
    expect(({} as { code?: string }).code).toBeUndefined();
  });

  it.each(['{', '[', '"', '[]', '{"', '<!--', ' ', '\n[]', '{"a":1}\n', '\\'])(
    'made of nothing but %j takes time as it grows, and no more',
    async (piece) => {
      const of = (size: number) => jsonOf(piece.repeat(size / piece.length));
      expect(await growth(of, [25_000, 200_000])).toBeLessThan(24);
    },
  );
});

it.each(['<', '<script>', '<style>a', '<!--', '&', '</script', '<script></script>', ' '])(
  'a page made of nothing but %j is put in words as quickly as any other',
  async (piece) => {
    expect(await growth((size) => detailOf(500, piece.repeat(size / piece.length)), [2_500, 20_000])).toBeLessThan(24);
  },
);

describe('an answer of a site', () => {
  let server: Server;
  let url: string;
  let sent = 0;
  beforeAll(async () => {
    const zeros = Buffer.alloc(1 << 20);
    server = createServer((request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      if (request.url === '/small') return void response.end(gzipSync('{"a":1}'));
      const packed = createGzip({ level: 9 });
      packed.on('error', () => undefined).pipe(response);
      // Ten gigabytes, if anybody reads them.
      const more = () => {
        while (sent < 10_000 && !response.destroyed) {
          sent += 1;
          if (!packed.write(zeros)) return void packed.once('drain', more);
        }
        packed.end();
      };
      more();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('is measured by what comes out of it, and let go there', async () => {
    const ask = { method: 'GET', headers: {}, timeoutMs: 60_000 } as const;
    expect(await send(fetch, { ...ask, url: `${url}/small` })).toMatchObject({ ok: true, reply: { text: '{"a":1}' } });
    expect(await send(fetch, { ...ask, url })).toMatchObject({ ok: false, failure: { reason: 'garbled' } });
    // What was on its way, and not the whole of it.
    expect(sent).toBeLessThan(5_000);
  });
});
