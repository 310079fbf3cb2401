import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { failureOf, send } from '../../../../electron/studio/delivery/network.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(handle: Parameters<typeof createServer>[1]): Promise<string> {
  server = createServer(handle);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
const get = (url: string, timeoutMs = 5000, signal?: AbortSignal) =>
  send(fetch, { method: 'GET', url, headers: {}, timeoutMs, signal });

test('nobody listens: not reached', async () => {
  const url = await serve(() => undefined);
  await new Promise((resolve) => server?.close(resolve));
  expect(await get(url)).toEqual({ ok: false, failure: { reason: 'offline', detail: 'ECONNREFUSED' } });
});

test('no such name: not reached', async () => {
  const answer = await get('http://no-such-site.invalid/');
  expect(answer).toMatchObject({ ok: false, failure: { reason: 'offline' } });
  expect(answer).not.toHaveProperty('failure.effect');
});

test('cut after it was sent: counts', async () => {
  const url = await serve((asked) => asked.socket.destroy());
  expect(await get(url)).toMatchObject({ ok: false, failure: { reason: 'offline', effect: 'retry' } });
});

test('no answer in time, or only the beginning of one: slow', async () => {
  expect(await get(await serve(() => undefined), 100.5)).toEqual({
    ok: false,
    failure: { reason: 'slow', detail: '' },
  });
  server?.closeAllConnections();
  const begun = await serve((_, answer) => answer.write('{'));
  expect(await get(begun, 100)).toMatchObject({ ok: false, failure: { reason: 'slow' } });
});

test('an endless answer is not read to its end', async () => {
  const url = await serve((_, answer) => {
    const more = () => {
      while (!answer.destroyed && answer.write('x'.repeat(65_536)));
      if (!answer.destroyed) answer.once('drain', more);
    };
    more();
  });
  expect(await get(url)).toMatchObject({ ok: false, failure: { reason: 'garbled' } });
});

test('an abort from outside is no failure of the site', async () => {
  const controller = new AbortController();
  const url = await serve(() => controller.abort(new Error('cancelled')));
  await expect(get(url, 5000, controller.signal)).rejects.toThrow('cancelled');
});

test('a certificate of somebody else is the hall’s, an expired one the site’s', () => {
  const failed = (code: string) => new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) });
  expect(failureOf(failed('ERR_TLS_CERT_ALTNAME_INVALID')).reason).toBe('portal');
  expect(failureOf(failed('CERT_HAS_EXPIRED'))).toEqual({ reason: 'siteError', detail: 'CERT_HAS_EXPIRED' });
  const both = new AggregateError([Object.assign(new Error('x'), { code: 'ENETUNREACH' })]);
  expect(failureOf(new TypeError('fetch failed', { cause: both })).detail).toBe('ENETUNREACH');
});
