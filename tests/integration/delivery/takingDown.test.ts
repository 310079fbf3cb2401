import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DeliveryParts } from '../../../electron/studio/delivery/delivery.ts';
import { wordpress } from '../../../electron/studio/delivery/destinations/wordpress.ts';
import { transaction } from '../../../electron/studio/library/database.ts';
import { takeDownDeliveries } from '../../../electron/studio/library/deliveries.ts';
import { type Bench, createBench } from './bench.ts';
import { createFakeSite, type FakeSite, type SiteFault, siteFaults } from './FakeSite.ts';

type Service = ReturnType<Bench['service']>;

/** As the library does it: the portrait is withdrawn and its deliveries turn round, in one transaction. */
function withdraw(bench: Bench, service: Service, portraitId: string) {
  const at = new Date().toISOString();
  const taken = transaction(bench.db, () => {
    bench.db.prepare(`UPDATE portraits SET state = 'withdrawn' WHERE id = ?`).run(portraitId);
    return takeDownDeliveries(bench.db, { portraitId, purposes: 'all', actor: 'visitor' }, at);
  });
  service.cutOff(taken);
  return taken;
}
const delivery = (service: Service) => service.queue().deliveries[0];
const over = (service: Service) => {
  const { state, direction } = delivery(service) ?? {};
  return state === 'cancelled' || (state === 'done' && direction === 'remove');
};
const empty = (site: FakeSite) => site.media.length === 0 && site.posts.length === 0;

/** Withdraws when the nth request is sent or answered; the service's fetch from then on is the site's own. */
function withdrawing(site: FakeSite, nth: number, when: 'sent' | 'answered', act: () => void): Partial<DeliveryParts> {
  let n = 0;
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    n += 1;
    const now = n === nth;
    if (now && when === 'sent') act();
    try {
      return await site.fetch(input, init);
    } finally {
      if (now && when === 'answered') act();
    }
  };
  return { kinds: [wordpress({ fetch: fetch as typeof globalThis.fetch })] };
}

/** Requests of a whole trip, from the first look at the site to the public page. */
async function requestsOfATrip(): Promise<number> {
  const site = createFakeSite();
  const bench = createBench(site, 1);
  const service = bench.service();
  const destinationId = bench.destination(service);
  service.publish({ portraitId: bench.ids[0] ?? '', destinationId }, 'host');
  service.start();
  await vi.waitFor(() => expect(delivery(service)?.state).toBe('done'), { interval: 2, timeout: 5000 });
  await service.stop();
  bench.close();
  return site.seen.requests;
}

test('withdrawn between any two requests of a delivery, nothing of it stays on the site', async () => {
  const requests = await requestsOfATrip();
  expect(requests).toBeGreaterThan(5);
  const faults: (SiteFault | undefined)[] = [undefined, 'lost', 'late', 'refused'];
  let tried = 0;
  for (const fault of faults) {
    for (const when of ['sent', 'answered'] as const) {
      for (let nth = 1; nth <= requests; nth++) {
        let seen = 0;
        const site = createFakeSite(() => (++seen === nth ? fault : undefined));
        const bench = createBench(site, 1);
        const [portraitId = ''] = bench.ids;
        let destinationId = '';
        const service: Service = bench.service(
          withdrawing(site, nth, when, () => withdraw(bench, service, portraitId)),
        );
        destinationId = bench.destination(service);
        service.publish({ portraitId, destinationId }, 'host');
        service.start();
        const where = `${fault ?? 'fine'}, request ${nth} of ${requests}, ${when}`;
        await vi.waitFor(() => expect(over(service), where).toBe(true), { interval: 1, timeout: 5000 });
        await service.stop();
        expect(empty(site), where).toBe(true);
        expect(delivery(service)?.url, where).toBeNull();
        expect(bench.portrait(portraitId), where).toMatchObject({ state: 'withdrawn' });
        bench.close();
        tried += 1;
      }
    }
  }
  expect(tried).toBe(faults.length * 2 * requests);
});

test('whatever befalls the requests before and after, a withdrawal gets through', async () => {
  const event = fc.oneof(
    { weight: 3, arbitrary: fc.constant<SiteFault | undefined>(undefined) },
    { weight: 4, arbitrary: fc.constantFrom<SiteFault[]>(...siteFaults) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 50 }), fc.integer({ min: 1, max: 25 }), async (events, nth) => {
      let struck = 0;
      const site = createFakeSite(() => events[struck++]);
      const bench = createBench(site, 1);
      const [portraitId = ''] = bench.ids;
      let destinationId = '';
      const service: Service = bench.service(
        withdrawing(site, nth, 'answered', () => withdraw(bench, service, portraitId)),
      );
      destinationId = bench.destination(service);
      service.publish({ portraitId, destinationId }, 'host');
      service.start();
      await vi.waitFor(
        () => {
          if (service.summary().paused > 0) service.resumeDestination({ id: destinationId }, 'organiser');
          const { id, state, direction } = delivery(service) ?? {};
          if (state === 'failed' && id !== undefined) service.retry({ id }, 'host');
          // The trip may be over before the nth request ever came.
          if (state === 'done' && direction === 'send') withdraw(bench, service, portraitId);
          expect(over(service)).toBe(true);
        },
        { interval: 2, timeout: 10_000 },
      );
      await service.stop();
      expect(empty(site)).toBe(true);
      bench.close();
    }),
    { numRuns: 40 },
  );
});

describe('once published', () => {
  let fault: SiteFault | undefined;
  let site: FakeSite;
  let bench: Bench;
  let service: Service;
  let destinationId: string;
  let portraitId: string;
  const until = (what: object) =>
    vi.waitFor(() => expect(delivery(service)).toMatchObject(what), { interval: 2, timeout: 5000 });

  beforeEach(async () => {
    fault = undefined;
    site = createFakeSite(() => fault);
    bench = createBench(site, 1);
    service = bench.service();
    destinationId = bench.destination(service);
    portraitId = bench.ids[0] ?? '';
    service.publish({ portraitId, destinationId }, 'host');
    service.start();
    await until({ state: 'done', direction: 'send' });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await service.stop();
    bench.close();
  });

  test('taking down is told on the way, comes before what waits, and cannot be cancelled', async () => {
    fault = 'refused';
    withdraw(bench, service, portraitId);
    await until({ state: 'waiting', direction: 'remove', step: 'takeDown', stepsInAll: 2, reason: 'offline' });
    const id = delivery(service)?.id ?? '';
    service.cancel({ id }, 'host');
    expect(delivery(service)).toMatchObject({ direction: 'remove' });
    expect(delivery(service)?.state).not.toBe('cancelled');
    fault = undefined;
    service.retry({ id }, 'host');
    await until({ state: 'done', direction: 'remove', stepsDone: 2, url: null });
    expect(empty(site)).toBe(true);
    expect(bench.db.prepare('SELECT memo FROM deliveries').pluck().get()).toBe('{}');
  });

  test('a site that is down for a day, or refuses for as long, loses it on its return', async () => {
    await service.stop();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
    service = bench.service({ times: { graceMs: 0 }, mostAttempts: 3 });
    for (const trouble of ['refused', '500'] as const) {
      fault = trouble;
      withdraw(bench, service, portraitId);
      service.start();
      for (let hour = 0; hour < 12; hour++) await vi.advanceTimersByTimeAsync(3_600_000);
      expect(delivery(service)).toMatchObject({ state: 'waiting', direction: 'remove' });
      expect(empty(site)).toBe(false);
    }
    fault = undefined;
    for (let minute = 0; minute < 60; minute++) await vi.advanceTimersByTimeAsync(60_000);
    expect(delivery(service)).toMatchObject({ state: 'done', direction: 'remove' });
    expect(empty(site)).toBe(true);
  });

  test('a password refused meanwhile pauses, and a new one lets it go through', async () => {
    fault = 'login';
    withdraw(bench, service, portraitId);
    await until({ state: 'waiting', direction: 'remove', reason: 'login' });
    fault = undefined;
    service.resumeDestination({ id: destinationId }, 'organiser');
    await until({ state: 'done', direction: 'remove' });
    expect(empty(site)).toBe(true);
  });

  test('allowed again, it goes out again under its old name', async () => {
    withdraw(bench, service, portraitId);
    await until({ state: 'done', direction: 'remove' });
    bench.db.prepare(`UPDATE portraits SET state = 'approved' WHERE id = ?`).run(portraitId);
    service.publish({ portraitId, destinationId }, 'host');
    await until({ state: 'done', direction: 'send', url: `${site.url}/portrait-${portraitId}/` });
    expect(site.posts).toHaveLength(1);
    expect(site.media).toHaveLength(1);
  });

  test('a page on a site that was removed from the list is named, for somebody to take it down by hand', () => {
    const { url } = delivery(service) ?? {};
    service.removeDestination({ id: destinationId }, 'organiser');
    const taken = withdraw(bench, service, portraitId);
    // Nobody may sign in there any more: it stays listed with its address.
    expect(taken).toEqual([]);
    expect(bench.db.prepare('SELECT state, direction, url FROM deliveries').get()).toEqual({
      state: 'done',
      direction: 'send',
      url,
    });
  });
});
