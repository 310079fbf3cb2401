import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { LeaseStore } from '../../../electron/studio/delivery/ports.ts';
import { type Bench, createBench } from './bench.ts';
import { createFakeSite, type FakeSite, type SiteFault, siteFaults } from './FakeSite.ts';

/** `crash`: the process dies when the request is answered, and another one takes over. */
type Event = SiteFault | 'crash' | 'fine';

/** A delivery service that can die: from then on it reaches neither database nor net. */
function mortal(bench: Bench, site: FakeSite) {
  let dead = false;
  const leases = new Proxy<LeaseStore>(bench.store.leases, {
    get: (target, name: keyof LeaseStore) => {
      if (dead) throw new Error('dead');
      return target[name];
    },
  });
  const service = bench.service({ store: { ...bench.store, leases } });
  return {
    service,
    async die(): Promise<void> {
      dead = true;
      await service.stop();
    },
    site,
  };
}

test('whatever befalls the requests, every portrait is one post with its one sound', async () => {
  const event = fc.oneof(
    { weight: 4, arbitrary: fc.constant<Event>('fine') },
    { weight: 5, arbitrary: fc.constantFrom<Event[]>(...siteFaults) },
    { weight: 1, arbitrary: fc.constant<Event>('crash') },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 60 }), fc.integer({ min: 1, max: 4 }), async (events, portraits) => {
      let crash = false;
      let struck = 0;
      const site = createFakeSite(() => {
        const now = events[struck++];
        if (now === 'crash') {
          crash = true;
          return 'lost';
        }
        return now === 'fine' ? undefined : now;
      });
      const bench = createBench(site, portraits);
      let running = mortal(bench, site);
      const destinationId = bench.destination(running.service);
      for (const portraitId of bench.ids) running.service.publish({ portraitId, destinationId }, 'host');
      running.service.start();

      await vi.waitFor(
        async () => {
          if (crash) {
            crash = false;
            await running.die();
            running = mortal(bench, site);
            running.service.start();
          }
          if (running.service.summary().paused > 0)
            running.service.resumeDestination({ id: destinationId }, 'organiser');
          const { deliveries } = running.service.queue();
          for (const { id, state } of deliveries) if (state === 'failed') running.service.retry({ id }, 'host');
          expect(deliveries.map((delivery) => delivery.state)).toEqual(bench.ids.map(() => 'done'));
        },
        { interval: 2, timeout: 20_000 },
      );
      await running.service.stop();

      const slugs = bench.ids.map((id) => `portrait-${id}`);
      expect(site.posts.map((post) => post.slug).sort()).toEqual(slugs);
      // A late double may have taken the plain name; the one kept then has the next.
      expect(site.media.map((media) => media.slug.replace(/-2$/, '')).sort()).toEqual(slugs);
      // Only what a late request doubled is ever removed again.
      if (!events.includes('late')) expect(site.seen.removed).toBe(0);
      for (const id of bench.ids) {
        const media = site.media.find((item) => item.slug.startsWith(`portrait-${id}`));
        const post = site.posts.find((item) => item.slug === `portrait-${id}`);
        expect(media?.bytes).toEqual(bench.sound(id));
        expect(post).toMatchObject({ status: 'publish', title: `Titre ${id}` });
        expect(post?.content).toContain(`/${media?.id}.mp3`);
        expect(post?.tags).toEqual(site.tags.map((tag) => tag.id));
        expect(bench.portrait(id)).toEqual({ state: 'published', revision: 1 });
      }
      expect(site.seen.mostAtOnce).toBe(1);
      expect(bench.logged.join()).not.toContain('sesame');
      bench.close();
    }),
    { numRuns: 60 },
  );
});

test.each(['media', 'posts'])('a request to %s that is done after its retry leaves no double', async (area) => {
  let struck = false;
  const site = createFakeSite((method, path) => {
    if (struck || method !== 'POST' || !path.endsWith(`/${area}`)) return undefined;
    struck = true;
    return 'veryLate';
  });
  const bench = createBench(site, 1);
  const service = bench.service();
  const destinationId = bench.destination(service);
  const [portraitId = ''] = bench.ids;
  service.publish({ portraitId, destinationId }, 'host');
  service.start();
  await vi.waitFor(() => expect(service.queue().deliveries[0]).toMatchObject({ state: 'done', attempts: 0 }), 5000);
  await service.stop();
  expect(site.seen.removed).toBe(1);
  expect(site.media).toHaveLength(1);
  expect(site.posts).toMatchObject([{ slug: `portrait-${portraitId}`, status: 'publish' }]);
  expect(site.posts[0]?.content).toContain(`/${site.media[0]?.id}.mp3`);
  expect(service.queue().deliveries[0]?.url).toBe(`${site.url}/portrait-${portraitId}/`);
  bench.close();
});
