import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { mostAsks } from '../../../electron/studio/delivery/reasons.ts';
import { transaction } from '../../../electron/studio/library/database.ts';
import { takeDownDeliveries } from '../../../electron/studio/library/deliveries.ts';
import { type Bench, createBench } from './bench.ts';
import { createFakeSite, type FakeSite } from './FakeSite.ts';

/** What stands between the booth and the site: answers in its place, or lets through. */
type Wall = (method: string, url: URL, body: string) => Response | 'after' | undefined;

let site: FakeSite;
let bench: Bench;
let service: ReturnType<Bench['service']>;
let destinationId: string;
let wall: Wall;
/** Requests in order, `GET /wp-json/…`. */
let asked: string[];

beforeEach(() => {
  wall = () => undefined;
  asked = [];
  site = createFakeSite();
  const { fetch } = site;
  site.fetch = async (input, init = {}) => {
    const { method = 'GET', body } = init;
    const url = new URL(String(input));
    asked.push(`${method} ${url.pathname}`);
    const answer = wall(method, url, typeof body === 'string' ? body : '');
    if (answer instanceof Response) return answer;
    const real = await fetch(input, init);
    if (answer === undefined) return real;
    // Done, and the answer comes back with a notice in front of it, cut short.
    return new Response(`<br />\n<b>Warning</b>: x in a.php<br />\n${(await real.text()).slice(0, -3)}`, {
      status: 200,
    });
  };
  bench = createBench(site, 4);
  service = bench.service();
  destinationId = bench.destination(service);
});
afterEach(async () => {
  await service.stop();
  bench.close();
});

const publishAll = () =>
  bench.ids.map((portraitId) => {
    const outcome = service.publish({ portraitId, destinationId }, 'host');
    if (!outcome.ok) throw new Error(outcome.code);
    return outcome.value.id;
  });
const shown = (id: string | undefined) => service.queue().deliveries.find((delivery) => delivery.id === id);
const until = (id: string | undefined, what: object) =>
  vi.waitFor(() => expect(shown(id)).toMatchObject(what), { interval: 2, timeout: 10_000 });
const hold = () => service.destinations().destinations[0]?.hold;
const page = (status: number, text = '<!doctype html><title>x</title>', headers = {}) =>
  new Response(text, { status, headers: { 'content-type': 'text/html', ...headers } });
describe('one delivery that never gets a right answer', () => {
  test.each([
    ['a page where JSON is due', () => page(200), 'garbled'],
    ['a lock', () => page(401, '<h1>401</h1>', { 'www-authenticate': 'Basic' }), 'siteLock'],
    ['a firewall', () => page(403), 'firewall'],
    ['a redirect', (url: URL) => page(301, '', { location: `https://www.site.test${url.pathname}` }), 'redirected'],
    ['an account refused', () => new Response('{"code":"rest_cannot_create","message":""}', { status: 403 }), 'role'],
    [
      'nobody signed in',
      () => new Response('{"code":"rest_forbidden","message":""}', { status: 401 }),
      'notRecognised',
    ],
    ['REST shut', () => new Response('{"code":"rest_cannot_access","message":""}', { status: 401 }), 'restClosed'],
    ['a wrong password', () => new Response('{"code":"incorrect_password","message":""}', { status: 401 }), 'login'],
    ['somebody else’s data', () => new Response('{"weather":"rain"}'), 'garbled'],
    [
      'another thing’s id',
      () => new Response('[{"id":9,"slug":"about","status":"publish","link":"https://a.test/"}]'),
      'garbled',
    ],
    ['a site in maintenance', () => page(503), 'maintenance'],
  ] as const)('%s: it ends with its own sentence, and the others are public', async (_, answer, reason) => {
    const stuck = bench.ids[0] ?? '';
    wall = (_method, url, body) => (url.href.includes(stuck) || body.includes(stuck) ? answer(url) : undefined);
    service = bench.service({ mostAttempts: 12 });
    const ids = publishAll();
    service.start();
    for (const id of ids.slice(1)) await until(id, { state: 'done' });
    await until(ids[0], { state: 'failed', reason });
    expect(hold()).toBeUndefined();
    expect(service.destinations().destinations[0]?.paused).toBeNull();
    expect(service.summary()).toMatchObject({ paused: 0, counts: { done: 3, failed: 1 } });
    // Some tries, each with the question whose trouble it is: no storm.
    expect(asked.length).toBeLessThan(150);
  });
});

describe('what the site’s own trouble does', () => {
  test.each([
    ['a lock', () => page(401, '<h1>401</h1>', { 'www-authenticate': 'Basic' }), 'siteLock'],
    ['a firewall', () => page(403, '<html>Just a moment...</html>', { 'cf-mitigated': 'challenge' }), 'firewall'],
    ['maintenance', () => page(503, '<html>Maintenance</html>'), 'maintenance'],
    ['a hall’s sign-in page', () => page(200, '<html>Bienvenue</html>'), 'portal'],
    ['an error', () => page(500), 'siteError'],
  ] as const)('%s: all wait, it is asked by itself, and they go on once it is well', async (_, answer, reason) => {
    wall = () => answer();
    const ids = publishAll();
    service.start();
    for (const id of ids) await until(id, { state: 'waiting', reason, attempts: 0 });
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(25), { timeout: 5000 });
    // Only questions: no delivery knocks at a closed door.
    expect(asked.filter((one) => one.startsWith('POST'))).toEqual([]);
    for (const id of ids) expect(shown(id)).toMatchObject({ state: 'waiting', attempts: 0 });
    wall = () => undefined;
    for (const id of ids) await until(id, { state: 'done', reason: null });
    expect(hold()).toBeUndefined();
  });

  test('found in the middle of a delivery, it holds the others before they are tried', async () => {
    let open = true;
    wall = (method, url) => {
      if (method === 'POST' && url.pathname.endsWith('/posts')) open = false;
      return open ? undefined : page(403);
    };
    const ids = publishAll();
    service.start();
    await vi.waitFor(() => expect(hold()).toMatchObject({ reason: 'firewall' }), { timeout: 5000 });
    expect(asked.filter((one) => one.startsWith('POST') && one.endsWith('/posts'))).toHaveLength(1);
    open = true;
    wall = () => undefined;
    for (const id of ids) await until(id, { state: 'done' });
    expect(site.posts).toHaveLength(4);
  });

  test('asked often enough it waits for a person, who may resume it or try one', async () => {
    wall = () => page(403);
    const [first] = publishAll();
    service.start();
    await vi.waitFor(() => expect(hold()).toMatchObject({ reason: 'firewall', nextAt: null }), { timeout: 20_000 });
    expect(shown(first)).toMatchObject({ state: 'waiting', attempts: 0, nextAt: null });
    expect(service.summary().paused).toBe(1);
    // Three looks a question.
    expect(asked.length).toBe(3 * (mostAsks('firewall') + 1));
    expect(bench.store.leases.nextDue()).toBeUndefined();
    wall = () => undefined;
    service.retry({ id: first ?? '' }, 'host');
    for (const { id } of service.queue().deliveries) await until(id, { state: 'done' });
    expect(service.summary().paused).toBe(0);
  });

  test('while somebody waits to be taken down it is asked for as long as it takes', async () => {
    const ids = publishAll();
    service.start();
    for (const id of ids) await until(id, { state: 'done' });
    wall = () => page(403);
    const [portraitId = ''] = bench.ids;
    const taken = transaction(bench.db, () =>
      takeDownDeliveries(bench.db, { portraitId, purposes: 'all', actor: 'visitor' }, new Date().toISOString()),
    );
    service.cutOff(taken);
    const enough = asked.length + 3 * (mostAsks('firewall') + 20);
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(enough), { timeout: 20_000 });
    wall = () => undefined;
    await until(ids[0], { state: 'done', direction: 'remove' });
    expect(site.posts).toHaveLength(3);
  });

  test('without a net it is asked on and on, no attempt is counted, and it goes on by itself', async () => {
    const { fetch } = site;
    let tries = 0;
    let cable = false;
    site.fetch = async (input, init) => {
      if (cable) return fetch(input, init);
      tries += 1;
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ENETUNREACH' }) });
    };
    service = bench.service();
    const ids = publishAll();
    service.start();
    await vi.waitFor(() => expect(tries).toBeGreaterThan(3 * mostAsks('firewall')), { timeout: 20_000 });
    for (const id of ids) expect(shown(id)).toMatchObject({ state: 'waiting', reason: 'offline', attempts: 0 });
    expect(service.summary().paused).toBe(0);
    cable = true;
    for (const id of ids) await until(id, { state: 'done' });
  });

  test('a redirect names the right address; taking it goes on, with the password kept for the same site', async () => {
    let home = 'https://site.test';
    wall = (method, url) =>
      method === 'POST' && url.origin !== home
        ? page(301, '', { location: url.href.replace('https://site.test', home) })
        : undefined;
    const ids = publishAll();
    service.start();
    await until(ids[0], { state: 'done' });
    for (const id of ids) await until(id, { state: 'done' });
    await service.stop();

    home = 'https://www.site.test';
    const input = { kind: 'wordpress', name: 'Site', url: 'https://site.test', user: 'kiosk' } as const;
    const tested = await service.testDestination({ ...input, id: destinationId });
    const better = { from: 'https://site.test', to: home };
    expect(tested).toMatchObject({ value: { ok: false, reason: 'redirected', better } });
    expect(asked.some((one) => one.includes('www'))).toBe(false);
    const saved = service.saveDestination({ ...input, id: destinationId, url: better.to }, 'organiser');
    expect(saved).toMatchObject({ ok: true, value: { url: home, hasPassword: true } });
    expect(await service.testDestination({ ...input, url: home, id: destinationId })).toMatchObject({
      value: { ok: true },
    });
  });
});

test('what is done behind a spoilt answer is found, and not done twice', async () => {
  wall = (method) => (method === 'POST' ? 'after' : undefined);
  const ids = publishAll();
  service.start();
  for (const id of ids) await until(id, { state: 'done' });
  expect(site.posts).toHaveLength(4);
  expect(site.media).toHaveLength(4);
  expect(site.seen.removed).toBe(0);
});

test('a site that answers other people’s things loses none of them', async () => {
  const theirs = { id: 3, slug: 'about-us', status: 'publish', link: 'https://site.test/about-us/' };
  const media = { id: 4, slug: 'logo', source_url: 'https://site.test/logo.png' };
  let ignores = true;
  wall = (method, url) => {
    if (!ignores || method !== 'GET') return undefined;
    if (url.pathname.endsWith('/posts')) return new Response(JSON.stringify([theirs]));
    return url.pathname.endsWith('/media') ? new Response(JSON.stringify([media])) : undefined;
  };
  const [first] = publishAll();
  service.start();
  await until(first, { state: 'failed', reason: 'garbled' });
  expect(asked.filter((one) => one.startsWith('DELETE'))).toEqual([]);
  ignores = false;
  service.retry({ id: first ?? '' }, 'host');
  await until(first, { state: 'done' });
});

test('security plugins that hide the accounts do not stop anything, and the test says so', async () => {
  wall = (_, url) =>
    url.pathname.includes('/users')
      ? new Response('{"code":"rest_user_cannot_view","message":"No."}', { status: 401 })
      : undefined;
  const input = { kind: 'wordpress', name: 'Site', url: site.url, user: 'kiosk' } as const;
  expect(await service.testDestination({ ...input, id: destinationId })).toEqual({
    ok: true,
    value: { ok: true, site: 'Site', account: 'kiosk', maxUploadBytes: null, unseen: true },
  });
  const ids = publishAll();
  service.start();
  for (const id of ids) await until(id, { state: 'done' });
});
