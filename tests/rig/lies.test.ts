import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDelivery } from '../../electron/studio/delivery/delivery.ts';
import { wordpress } from '../../electron/studio/delivery/destinations/wordpress.ts';
import { fileSecrets } from '../../electron/studio/delivery/secrets.ts';
import { type Db, openDatabase } from '../../electron/studio/library/database.ts';
import { deliveriesRepository } from '../../electron/studio/library/deliveries.ts';
import { deliveryLeasesRepository } from '../../electron/studio/library/deliveryLeases.ts';
import { destinationsRepository } from '../../electron/studio/library/destinations.ts';
import { deskWords } from '../../shared/i18n/desk/words.ts';
import { runs } from '../fixtures/runs.ts';
import { hasConsent, seedApproved } from './approved.ts';
import type { Seen } from './faultProxy.ts';
import { type Lie, lies, startLyingProxy } from './lyingProxy.ts';
import { speakMp3s } from './sounds.ts';
import { startWordPress, type WordPress } from './wordpress.ts';

const portraits = runs(40, 100);
/** Every twentieth answer is none, each lie in turn. */
const every = 20;

let site: WordPress;
let proxy: Awaited<ReturnType<typeof startLyingProxy>>;
let folder: string;
let db: Db;
let answers = 0;
let stuck = '';
const told = new Map<string, number>();
const toldOfStuck = new Map<string, number>();

function count(map: Map<string, number>, name: string): void {
  map.set(name, (map.get(name) ?? 0) + 1);
}

function script({ method, path, body }: Seen): Lie | undefined {
  if (stuck !== '' && (path.includes(stuck) || body.includes(stuck))) {
    // What is asked of this one is never answered right.
    const lie: Lie = [...toldOfStuck.values()].reduce((sum, n) => sum + n, 0) % 2 === 0 ? 'cut' : 'weather';
    count(toldOfStuck, `${method} ${lie}`);
    return lie;
  }
  answers += 1;
  if (answers % every !== 0) return undefined;
  const lie = lies[(answers / every) % lies.length] ?? 'noise';
  count(told, lie);
  return lie;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lies-'));
  site = await startWordPress();
  proxy = await startLyingProxy(site.url, script);
  db = openDatabase(join(folder, 'library.db'));
});
afterAll(async () => {
  await proxy?.close();
  await site?.stop();
  db?.close();
  await rm(folder, { recursive: true, force: true });
});

test('whatever every twentieth answer says, all are public once; the one never answered right has its sentence', async () => {
  const ids = seedApproved(db, portraits);
  await speakMp3s(join(folder, 'sounds'), ids);
  stuck = ids[Math.floor(portraits / 3)] ?? '';
  const now = () => new Date();
  const asked: Record<string, number> = {};
  const delivery = createDelivery({
    store: {
      deliveries: deliveriesRepository(db, now),
      leases: deliveryLeasesRepository(db),
      destinations: destinationsRepository(db, now),
    },
    kinds: [wordpress({ fetch })],
    now,
    secrets: fileSecrets(join(folder, 'secrets.json')),
    renditions: async (id) => {
      const path = join(folder, 'sounds', `${id}.mp3`);
      const bytes = await readFile(path);
      const md5 = createHash('md5').update(bytes).digest('hex');
      return { ok: true, rendition: { path, bytes: bytes.length, md5, mime: 'audio/mpeg', format: 'mp3' } };
    },
    portrait: (id) => ({ title: `Portrait ${id}`, text: 'Un.', tags: ['Dunkerque', 'sport'], code: null }),
    mayUse: (id) => (hasConsent(db, id) ? { allowed: true } : { allowed: false, why: 'notAsked' }),
    onChange: () => undefined,
    log(event, { after, ok }) {
      if (event === 'site-asked')
        asked[`${after}, ${ok ? 'well' : 'ill'}`] = (asked[`${after}, ${ok ? 'well' : 'ill'}`] ?? 0) + 1;
    },
    // The same shape of waiting as in the field, shortened.
    times: { firstMs: 40, longestMs: 400 },
  });
  const { user, password } = site;
  const saved = delivery.saveDestination(
    { kind: 'wordpress', name: 'Site', url: proxy.url, user, password },
    'organiser',
  );
  if (!saved.ok) throw new Error(saved.code);
  for (const portraitId of ids) delivery.publish({ portraitId, destinationId: saved.value.id }, 'host');

  const started = performance.now();
  delivery.start();
  // Nobody presses anything.
  await expect
    .poll(() => delivery.summary().counts, { timeout: 500_000, interval: 100 })
    .toEqual({ done: portraits - 1, failed: 1 });
  await delivery.stop();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${seconds} s, ${answers} answers, lies: ${[...told].map((pair) => pair.join(' ')).join(', ')}`);
  console.log(
    `of the one: ${[...toldOfStuck].map((pair) => pair.join(' ')).join(', ')}; site asked: ${JSON.stringify(asked)}`,
  );

  const slugs = ids.filter((id) => id !== stuck).map((id) => `portrait-${id}`);
  const posts = await site.query(`SELECT post_name, post_status FROM wp_posts WHERE post_type = 'post'
    AND post_name NOT LIKE '%${stuck}%' ORDER BY post_name`);
  expect(posts).toEqual(slugs.toSorted().map((slug) => [slug, 'publish']));
  const sounds = await site.query(`SELECT post_name FROM wp_posts WHERE post_type = 'attachment'
    AND post_name NOT LIKE '%${stuck}%' ORDER BY post_name`);
  // A double that was swept away may have had the plain name.
  expect(sounds.map(([name = '']) => name.replace(/-\d$/, ''))).toEqual(slugs.toSorted());
  const half = await site.query(
    `SELECT post_type FROM wp_posts WHERE post_name LIKE '%${stuck}%' AND post_status = 'publish'`,
  );
  expect(half).toEqual([]);
  // Each page plays its own sound.
  for (const { portraitId, url, state } of delivery.queue().deliveries) {
    if (state !== 'done') continue;
    const text = await (await fetch((url ?? '').replace(proxy.url, site.url))).text();
    expect(text).toMatch(new RegExp(`<audio controls src="[^"]*/portrait-${portraitId}(-\\d)?\\.mp3"`));
  }

  const last = delivery.queue().deliveries.find(({ portraitId }) => portraitId === stuck);
  expect(last).toMatchObject({ state: 'failed', reason: 'garbled' });
  console.log(`the last one: ${deskWords('fr')(`reason_${last?.reason ?? 'garbled'}`)} (${last?.detail})`);
  expect(told.size).toBe(lies.length);
  expect([...toldOfStuck.values()].reduce((sum, n) => sum + n, 0)).toBeLessThan(60);
  expect(delivery.destinations().destinations[0]).toMatchObject({ paused: null });
  expect(delivery.destinations().destinations[0]?.hold).toBeUndefined();
});
