import { expect, test, vi } from 'vitest';
import { createClient } from '../../../../electron/studio/delivery/destinations/wordpress/client.ts';
import { nearby } from '../../../../electron/studio/delivery/nearby.ts';
import { send } from '../../../../electron/studio/delivery/network.ts';
import { type Reach, reachOf, reachOfAddress } from '../../../../shared/domain/plain.ts';

const reaches: [url: string, reach: Reach][] = [
  ['https://exemple.fr', 'encrypted'],
  ['https://192.168.1.5', 'encrypted'],
  ['http://localhost:8080', 'own'],
  ['http://127.0.0.1', 'own'],
  ['http://127.1', 'own'],
  ['http://0x7f000001', 'own'],
  ['http://[::1]', 'own'],
  ['http://[::ffff:127.0.0.1]', 'own'],
  ['http://site.localhost', 'own'],
  ['http://10.0.0.1', 'near'],
  ['http://172.16.0.1', 'near'],
  ['http://172.31.255.255', 'near'],
  ['http://192.168.1.5:8080/wp', 'near'],
  ['http://169.254.1.1', 'near'],
  ['http://[fe80::1]', 'near'],
  ['http://[fd12:3456::1]', 'near'],
  ['http://[::ffff:10.0.0.1]', 'near'],
  ['http://cabine.local', 'near'],
  ['http://CABINE.LOCAL.', 'near'],
  ['http://exemple.fr', 'public'],
  ['http://8.8.8.8', 'public'],
  ['http://172.15.0.1', 'public'],
  ['http://172.32.0.1', 'public'],
  ['http://192.169.0.1', 'public'],
  ['http://100.64.0.1', 'public'],
  ['http://0.0.0.0', 'public'],
  ['http://134744072', 'public'],
  ['http://[2001:db8::1]', 'public'],
  ['http://[::ffff:8.8.8.8]', 'public'],
  ['http://[fec0::1]', 'public'],
  ['http://10.0.0.1.exemple.fr', 'public'],
  ['http://local', 'public'],
  ['http://notlocal', 'public'],
  ['http://cabine.local.exemple.fr', 'public'],
  ['http://192.168.1.5@exemple.fr', 'public'],
];
test.each(reaches)('%s is %s', (url, reach) => {
  expect(reachOf(url)).toBe(reach);
});

test.each([
  ['::ffff:10.1.2.3', 'near'],
  ['fe80::1%eth0', 'near'],
  ['::ffff:8.8.8.8', 'public'],
  ['', 'public'],
  ['::', 'public'],
] as const)('the address %j is %s', (address, reach) => {
  expect(reachOfAddress(address)).toBe(reach);
});

test('a name is looked up before every request, and all it leads to has to be near', async () => {
  const asked = vi.fn(async () => new Response('ok'));
  let found: { address: string }[] = [];
  const looked = vi.fn(async () => found);
  const fetch = nearby(asked as typeof globalThis.fetch, looked);
  const ask = (url: string) => send(fetch, { method: 'GET', url, headers: {}, timeoutMs: 5000 });
  const near = [{ address: '192.168.1.7' }, { address: 'fe80::1' }];
  for (const addresses of [near, [{ address: '127.0.0.1' }]]) {
    found = addresses;
    expect(await ask('http://site.local/wp-json/')).toMatchObject({ ok: true });
  }
  const sent = asked.mock.calls.length;
  const far = [{ address: '93.184.216.34' }];
  for (const addresses of [far, [...near, ...far], [], [{ address: '2001:db8::1' }], [{ address: '::ffff:8.8.8.8' }]]) {
    found = addresses;
    const answer = await ask('http://site.local/wp-json/');
    expect(answer).toEqual({ ok: false, failure: { reason: 'plain', detail: '' } });
  }
  for (const url of ['http://8.8.8.8/', 'http://[2001:db8::1]/']) {
    expect(await ask(url)).toEqual({ ok: false, failure: { reason: 'plain', detail: '' } });
  }
  expect(asked.mock.calls.length).toBe(sent);
  expect(await ask('https://exemple.fr/')).toMatchObject({ ok: true });
  expect(await ask('http://127.0.0.1:8080/')).toMatchObject({ ok: true });
  looked.mockRejectedValueOnce(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
  expect(await ask('http://site.local/')).toMatchObject({ ok: false, failure: { reason: 'offline' } });
});

test('without somebody’s word nothing goes to a site in clear text, not even the question who it is', async () => {
  const asked = vi.fn(async () => new Response('{}', { status: 404 }));
  const client = createClient(asked as typeof globalThis.fetch, { answerMs: 1000, uploadMs: () => 1000 });
  const site = { url: 'http://192.168.1.5', user: 'kiosk', password: 'secret words' };
  expect(await client.find(site)).toMatchObject({ ok: false, failure: { reason: 'plain' } });
  expect(await client.find({ ...site, plainAccepted: false })).toMatchObject({ failure: { reason: 'plain' } });
  expect(asked).not.toHaveBeenCalled();
  await client.find({ ...site, plainAccepted: true });
  await client.find({ ...site, url: 'http://127.0.0.1:8080' });
  expect(asked).toHaveBeenCalled();
});
