import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { newId } from '../../../shared/domain/ids.ts';
import { type Bench, createBench, hurried } from './bench.ts';
import { createFakeSite, type FakeSite, type SiteFault } from './FakeSite.ts';

let fault: SiteFault | undefined;
let site: FakeSite;
let bench: Bench;
let service: ReturnType<Bench['service']>;
let destinationId: string;
let portraitId: string;

beforeEach(() => {
  fault = undefined;
  site = createFakeSite(() => fault);
  bench = createBench(site, 3);
  service = bench.service();
  destinationId = bench.destination(service);
  portraitId = bench.ids[0] ?? '';
});
afterEach(async () => {
  await service.stop();
  bench.close();
});

/** Queues the first portrait; answers its delivery's id. */
function publish(portrait = portraitId): string {
  const outcome = service.publish({ portraitId: portrait, destinationId }, 'host');
  if (!outcome.ok) throw new Error(outcome.code);
  return outcome.value.id;
}
const shown = (id: string) => service.queue().deliveries.find((delivery) => delivery.id === id);
const until = (id: string, what: object) =>
  vi.waitFor(() => expect(shown(id)).toMatchObject(what), { interval: 2, timeout: 5000 });

test('publishing wakes the queue; the whole trip is told on the way', async () => {
  service.start();
  const id = publish();
  await until(id, {
    state: 'done',
    step: 'public',
    stepsDone: 4,
    stepsInAll: 4,
    url: `${site.url}/portrait-${portraitId}/`,
  });
  expect(publish()).toBe(id);
  expect(site.posts).toHaveLength(1);
  expect(new Set(bench.changes)).toEqual(new Set(['destinations', 'deliveries', 'portraits']));
});

describe('what the site does to a delivery', () => {
  beforeEach(() => service.start());

  test('being offline costs no attempt, for ever; the others wait as well', async () => {
    fault = 'refused';
    const ids = bench.ids.map(publish);
    await vi.waitFor(() => expect(site.seen.requests).toBeGreaterThan(30), { timeout: 5000 });
    for (const id of ids) expect(shown(id)).toMatchObject({ attempts: 0, reason: 'offline' });
    fault = undefined;
    for (const id of ids) await until(id, { state: 'done', reason: null });
  });

  test('a new way to the net ends a long wait', async () => {
    await service.stop();
    service = bench.service({ times: { ...hurried, firstMs: 600_000, longestMs: 600_000 } });
    service.start();
    fault = 'refused';
    const id = publish();
    await until(id, { state: 'waiting', reason: 'offline', attempts: 0 });
    expect(Date.parse(shown(id)?.nextAt ?? '') - Date.now()).toBeGreaterThan(400_000);
    fault = undefined;
    service.online();
    await until(id, { state: 'done' });
  });

  test('a refused password pauses the destination, and its deliveries say why', async () => {
    fault = 'login';
    const ids = bench.ids.map(publish);
    await until(ids[0] ?? '', { state: 'waiting', reason: 'login', nextAt: null, attempts: 0 });
    for (const id of ids) expect(shown(id)).toMatchObject({ reason: 'login' });
    expect(service.destinations().destinations[0]?.paused).toBe('login');
    const before = site.seen.requests;
    service.retry({ id: ids[0] ?? '' }, 'host');
    service.online();
    await new Promise(setImmediate);
    expect(site.seen.requests).toBe(before);
    fault = undefined;
    expect(service.resumeDestination({ id: destinationId }, 'organiser')).toMatchObject({
      ok: true,
      value: { paused: null },
    });
    for (const id of ids) await until(id, { state: 'done' });
  });

  test('a new password lets them go on too', async () => {
    fault = 'login';
    const id = publish();
    await until(id, { reason: 'login' });
    fault = undefined;
    const input = { id: destinationId, kind: 'wordpress', name: 'Site', url: site.url, user: 'kiosk' } as const;
    expect(service.saveDestination(input, 'organiser')).toMatchObject({ ok: true, value: { paused: 'login' } });
    service.saveDestination({ ...input, password: 'another' }, 'organiser');
    await until(id, { state: 'done' });
  });

  test('what trying again cannot mend stops, until a host retries', async () => {
    await service.testDestination({ kind: 'wordpress', name: 'Site', url: site.url, user: 'kiosk', password: 'x' });
    fault = '413';
    const id = publish();
    await until(id, { state: 'failed', reason: 'tooLarge', detail: '413: 413' });
    fault = undefined;
    expect(service.retry({ id }, 'host')).toMatchObject({ ok: true, value: { attempts: 0, reason: null } });
    await until(id, { state: 'done' });
  });

  test('an error counts, and stops after the last attempt allowed', async () => {
    await service.stop();
    const { fetch } = site;
    let asked = 0;
    // The site is well; only what is written of this portrait meets an error.
    site.fetch = async (input, init) => {
      const struck = init?.method === 'POST' && String(input).includes('/posts');
      if (struck) asked += 1;
      return struck ? new Response('<h1>Oh</h1>', { status: 500 }) : fetch(input, init);
    };
    service = bench.service({ mostAttempts: 3 });
    service.start();
    const id = publish();
    await until(id, { state: 'failed', reason: 'siteError', attempts: 2 });
    expect(asked).toBe(3);
    expect(service.destinations().destinations[0]?.hold).toBeUndefined();
  });
});

describe('what else may happen', () => {
  test('consent that went away after queueing stops it before anything is sent', async () => {
    const id = publish();
    bench.db.prepare('DELETE FROM consents').run();
    service.start();
    await until(id, { state: 'cancelled', reason: 'noConsent' });
    expect(site.seen.requests).toBe(0);
  });

  test('consent that goes away on the way stops it before the next step', async () => {
    const renditions = async () => {
      bench.db.prepare('DELETE FROM consents').run();
      return { ok: false, reason: 'renderFailed', detail: '' } as const;
    };
    service = bench.service({ renditions });
    const id = publish();
    service.start();
    await until(id, { state: 'cancelled', reason: 'noConsent' });
  });

  test('a portrait sent back to review is not sent', async () => {
    const id = publish();
    bench.db.prepare(`UPDATE portraits SET state = 'toReview'`).run();
    service.start();
    await until(id, { state: 'cancelled', reason: null });
    expect(service.publish({ portraitId, destinationId }, 'host')).toEqual({
      ok: false,
      code: 'WRONG_STATE',
      state: 'toReview',
    });
  });

  test('a sound that cannot be made is told, after a few tries', async () => {
    const made = vi.fn(async () => ({ ok: false, reason: 'renderFailed', detail: 'no codec' }) as const);
    service = bench.service({ renditions: made });
    const id = publish();
    service.start();
    await until(id, { state: 'failed', reason: 'renderFailed', detail: 'no codec', step: 'render' });
    expect(made).toHaveBeenCalledTimes(5);
    expect(site.seen.requests).toBe(0);
  });

  test('a mistake of ours neither holds up the others nor goes on for ever', async () => {
    service = bench.service({
      mostAttempts: 4,
      portrait: (id) => {
        if (id === portraitId) throw new Error('a mistake');
        return { title: 'T', text: '', tags: [], code: null };
      },
    });
    const id = bench.store.deliveries.publish({ id: newId(), portraitId, destinationId, actor: 'host' }, () => ({
      allowed: true,
    }));
    service.start();
    const second = bench.ids[1] ?? '';
    bench.store.deliveries.publish({ id: newId(), portraitId: second, destinationId, actor: 'host' }, () => ({
      allowed: true,
    }));
    service.online();
    const stateOf = (portrait: string) =>
      bench.store.deliveries.list().find((delivery) => delivery.portraitId === portrait);
    await vi.waitFor(() => expect(stateOf(second)).toMatchObject({ state: 'done' }), { timeout: 5000 });
    await vi.waitFor(() => expect(stateOf(portraitId)).toMatchObject({ state: 'failed', reason: 'siteError' }));
    expect(id).toMatchObject({ ok: true });
  });

  test('one that brought the studio down as often as it may is not tried again', async () => {
    const id = publish();
    bench.db
      .prepare(`UPDATE deliveries SET state = 'running', attempts = 99, lease_token = 't', lease_until = ?`)
      .run(new Date(0).toISOString());
    service.start();
    await until(id, { state: 'failed', attempts: 100 });
    expect(site.seen.requests).toBe(0);
  });

  test('cancelling stops the request under way; publishing again finishes the trip without a double', async () => {
    let reached: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => {
      reached = resolve;
    });
    let hang = true;
    const { fetch } = site;
    site.fetch = async (input, init) => {
      const answer = await fetch(input, init);
      if (hang && init?.method === 'POST' && String(input).includes('/posts')) {
        reached();
        await new Promise((_, reject) => init.signal?.addEventListener('abort', () => reject(new Error('aborted'))));
      }
      return answer;
    };
    service = bench.service();
    service.start();
    const id = publish();
    await arrived;
    expect(service.cancel({ id }, 'host')).toMatchObject({ ok: true, value: { state: 'cancelled' } });
    hang = false;
    await service.stop();
    expect(shown(id)).toMatchObject({ state: 'cancelled' });
    service.start();
    expect(publish()).toBe(id);
    await until(id, { state: 'done' });
    expect(site.posts).toHaveLength(1);
    expect(site.media).toHaveLength(1);
  });

  test('stopping gives the lease back, without an attempt', async () => {
    let reached: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const stuck = async (_: unknown, init?: RequestInit) => {
      reached();
      return new Promise<Response>((__, reject) => init?.signal?.addEventListener('abort', () => reject(new Error())));
    };
    site.fetch = stuck;
    service = bench.service();
    const id = publish();
    service.start();
    await arrived;
    await service.stop();
    expect(shown(id)).toMatchObject({ state: 'waiting', attempts: 0, reason: null });
    expect(bench.db.prepare('SELECT lease_token FROM deliveries').pluck().get()).toBeNull();
  });

  test('a long step renews its lease long before it ends', async () => {
    const leaseMs = 600;
    const { fetch } = site;
    site.fetch = async (input, init) => {
      const upload = init?.method === 'POST' && String(input).includes('/media');
      if (upload) await new Promise((resolve) => setTimeout(resolve, 2 * leaseMs));
      return fetch(input, init);
    };
    service = bench.service({ times: { ...hurried, leaseMs } });
    service.start();
    const id = publish();
    const lease = bench.db.prepare<[], string>('SELECT lease_until FROM deliveries WHERE lease_until NOTNULL').pluck();
    const left: number[] = [];
    await vi.waitFor(
      () => {
        const ends = lease.get();
        if (ends !== undefined) left.push(Date.parse(ends) - Date.now());
        expect(shown(id)).toMatchObject({ state: 'done', attempts: 0 });
      },
      { interval: 5, timeout: 10_000 },
    );
    expect(left.length).toBeGreaterThan(20);
    expect(Math.min(...left)).toBeGreaterThan(leaseMs / 6);
  });
});

describe('destinations', () => {
  const input = () => ({ kind: 'wordpress', name: 'Site', url: site.url, user: 'kiosk' }) as const;

  test('the password goes in and never comes out', async () => {
    const { destinations } = service.destinations();
    const shown = { purpose: 'site', hasPassword: true, plainAccepted: false, paused: null };
    expect(destinations).toEqual([{ id: destinationId, ...input(), ...shown }]);
    expect(JSON.stringify([destinations, service.queue(), bench.logged])).not.toContain('sesame');
    expect(JSON.stringify(bench.db.prepare('SELECT * FROM destinations').all())).not.toContain('sesame');
    expect(JSON.stringify(bench.db.prepare('SELECT * FROM audit').all())).not.toContain('sesame');
  });

  test('the test uses the stored password, for the site and account it belongs to only', async () => {
    const good = { ok: true, value: { ok: true, site: 'Site', account: 'kiosk', maxUploadBytes: null } };
    expect(await service.testDestination({ ...input(), id: destinationId })).toEqual(good);
    expect(await service.testDestination({ ...input(), password: 'x' })).toEqual(good);
    const before = site.seen.requests;
    for (const change of [{ url: 'https://elsewhere.test' }, { user: 'other' }]) {
      const outcome = await service.testDestination({ ...input(), id: destinationId, ...change });
      expect(outcome).toEqual({ ok: true, value: { ok: false, reason: 'login', detail: '' } });
    }
    const plain = { ...input(), id: destinationId, url: 'http://site.test' };
    expect(await service.testDestination(plain)).toEqual({ ok: false, code: 'PLAIN', why: 'public' });
    expect(site.seen.requests).toBe(before);
    expect(await service.testDestination({ ...input(), id: newId() })).toEqual({ ok: false, code: 'NOT_FOUND' });
    fault = 'refused';
    expect(await service.testDestination({ ...input(), id: destinationId })).toMatchObject({
      value: { ok: false, reason: 'offline' },
    });
  });

  test('moved to another site, it forgets the password and what it knew of the former one', async () => {
    service.start();
    fault = undefined;
    const id = publish();
    await until(id, { state: 'done' });
    await service.stop();
    const second = publish(bench.ids[1]);
    bench.db.prepare(`UPDATE deliveries SET memo = '{"mediaId":7}', step = 2 WHERE id = ?`).run(second);
    const moved = service.saveDestination({ ...input(), id: destinationId, url: 'https://new.test/' }, 'organiser');
    expect(moved).toMatchObject({ ok: true, value: { url: 'https://new.test', hasPassword: false } });
    expect(bench.store.deliveries.get(second)).toMatchObject({ memo: '{}', step: 0 });
    expect(bench.store.deliveries.get(id)?.memo).not.toBe('{}');
  });

  test('going over to https keeps the password', () => {
    const near = { ...input(), url: 'http://site.local', password: 'x' };
    const refused = (why: string) => ({ ok: false, code: 'PLAIN', why });
    expect(service.saveDestination(near, 'organiser')).toEqual(refused('unsaid'));
    for (const url of ['http://a.test', 'http://8.8.8.8', 'http://[2001:db8::1]']) {
      const wanted = { ...near, url, plainAccepted: true };
      expect(service.saveDestination(wanted, 'organiser'), url).toEqual(refused('public'));
    }
    const plain = service.saveDestination({ ...near, plainAccepted: true }, 'organiser');
    if (!plain.ok) throw new Error(plain.code);
    const { id } = plain.value;
    expect(plain.value.plainAccepted).toBe(true);
    // What was said holds for that address, until something else is said.
    expect(service.saveDestination({ ...input(), id, url: 'http://site.local' }, 'organiser')).toMatchObject({
      ok: true,
    });
    expect(service.saveDestination({ ...input(), id, url: 'http://other.local' }, 'organiser')).toEqual(
      refused('unsaid'),
    );
    const better = service.saveDestination({ ...input(), id, url: 'https://site.local' }, 'organiser');
    expect(better).toMatchObject({ ok: true, value: { hasPassword: true } });
  });

  test('one with deliveries waiting cannot be removed; a removed one leaves no password', async () => {
    const id = publish();
    expect(service.removeDestination({ id: destinationId }, 'organiser')).toEqual({
      ok: false,
      code: 'IN_USE',
      waiting: 1,
    });
    service.cancel({ id }, 'host');
    expect(service.removeDestination({ id: destinationId }, 'organiser')).toEqual({ ok: true, value: {} });
    expect(bench.secrets.get(destinationId)).toBeUndefined();
    expect(service.destinations().destinations).toEqual([]);
    expect(service.retry({ id }, 'host')).toEqual({ ok: false, code: 'NOT_FOUND' });
    expect(service.publish({ portraitId, destinationId }, 'host')).toEqual({ ok: false, code: 'NOT_FOUND' });
    expect(service.saveDestination({ ...input(), id: destinationId }, 'organiser')).toEqual({
      ok: false,
      code: 'NOT_FOUND',
    });
  });

  test('without a password its deliveries wait for one', async () => {
    bench.secrets.delete(destinationId);
    service.start();
    const id = publish();
    await until(id, { state: 'waiting', reason: 'login', nextAt: null });
  });
});
