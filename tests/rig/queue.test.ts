import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileSecrets } from '../../electron/studio/delivery/secrets.ts';
import { type Db, openDatabase } from '../../electron/studio/library/database.ts';
import { deliveriesRepository } from '../../electron/studio/library/deliveries.ts';
import { destinationsRepository } from '../../electron/studio/library/destinations.ts';
import { newId } from '../../shared/domain/ids.ts';
import { seedApproved } from './approved.ts';
import { type FaultProxy, faults, type Script, type Seen, startFaultProxy } from './faultProxy.ts';
import type { Press } from './queueProcess.ts';
import { speakMp3s } from './sounds.ts';
import { startWordPress, type WordPress } from './wordpress.ts';

const portraits = 100;
/** One request in four that changes the site is struck, each kind of fault in turn; `kill`: SIGKILL as it is answered. */
const troubles = [...faults, 'kill'] as const;
type Trouble = (typeof troubles)[number];
const strikes = { media: 4, post: 4, public: 4, look: 24 };
type Kind = keyof typeof strikes;

let site: WordPress;
let proxy: FaultProxy;
let folder: string;
let db: Db;
let child: ChildProcess | undefined;
const asked: Record<Kind, number> = { media: 0, post: 0, public: 0, look: 0 };
const struck = new Map<string, number>();
let kills = 0;
let stepsSeen = 0;

function kindOf({ method, path, body }: Seen): Kind {
  // A sound without a byte is the question whether the site would take one.
  if (method !== 'POST' || body.length === 0) return 'look';
  if (path.includes('/wp/v2/media')) return 'media';
  if (!path.includes('/wp/v2/posts')) return 'look';
  return body.includes('"publish"') ? 'public' : 'post';
}

function script(seen: Seen): Script {
  const kind = kindOf(seen);
  const n = asked[kind]++;
  if (n % strikes[kind] !== strikes[kind] - 1) return {};
  const trouble: Trouble = troubles[Math.floor(n / strikes[kind]) % troubles.length] ?? 'lose';
  const name = `${kind} ${trouble}`;
  struck.set(name, (struck.get(name) ?? 0) + 1);
  return trouble === 'kill' ? { fault: 'lose', answered: kill } : { fault: trouble };
}

function kill(): void {
  kills += 1;
  child?.kill('SIGKILL');
}

const files = () => ({
  database: join(folder, 'library.db'),
  secrets: join(folder, 'secrets.json'),
  sounds: join(folder, 'sounds'),
});

/** Starts the queue's process, and again whenever it was killed, until `over`. */
async function keepRunning(over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    const running = fork(join(import.meta.dirname, 'queueProcess.ts'), [JSON.stringify(files())]);
    child = running;
    running.on('message', (message: { event: string }) => {
      if (message.event !== 'delivery-step') return;
      stepsSeen += 1;
      // Every eightieth step the process dies between the site's answer and the next step.
      if (stepsSeen % 80 === 0) kill();
    });
    over.addEventListener('abort', () => running.kill('SIGKILL'), { once: true });
    const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
      running.once('exit', (...end) => resolve(end)),
    );
    if (signal !== 'SIGKILL') throw new Error(`the queue ended by itself: ${code} ${signal}`);
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'queue-'));
  site = await startWordPress();
  proxy = await startFaultProxy(site.url, script);
  db = openDatabase(files().database);
});

afterAll(async () => {
  await proxy?.close();
  await site?.stop();
  db?.close();
  await rm(folder, { recursive: true, force: true });
});

test('100 portraits over a bad link, with the process killed again and again, are 100 posts and 100 sounds', async () => {
  const now = () => new Date();
  const deliveries = deliveriesRepository(db, now);
  const ids = seedApproved(db, portraits);
  await speakMp3s(files().sounds, ids);
  const destinationId = newId();
  fileSecrets(files().secrets).set(destinationId, site.password);
  destinationsRepository(db, now).save(
    {
      id: destinationId,
      kind: 'wordpress',
      name: 'Site',
      url: proxy.url,
      user: site.user,
      purpose: 'site',
      paused: null,
    },
    { actor: 'organiser', otherSite: false },
  );
  for (const portraitId of ids) {
    const wanted = { id: newId(), portraitId, destinationId, actor: 'host' } as const;
    expect(deliveries.publish(wanted, () => ({ allowed: true })).ok).toBe(true);
    expect(deliveries.publish({ ...wanted, id: newId() }, () => ({ allowed: true })).ok).toBe(true);
  }

  const started = performance.now();
  const over = new AbortController();
  const running = keepRunning(over.signal);
  const pressed = { retry: 0, resume: 0 };
  const press = (what: Press) => {
    pressed['retry' in what ? 'retry' : 'resume'] += 1;
    if (child?.connected) child.send(what, () => {});
  };
  // What a host does who looks at the queue now and then: sign in again, and press « réessayer ».
  await new Promise<void>((resolve, reject) => {
    running.catch(reject);
    const look = setInterval(() => {
      const all = deliveries.list();
      if (all.every((delivery) => delivery.state === 'done')) {
        clearInterval(look);
        resolve();
      }
      if (all.some((delivery) => delivery.paused !== null)) press({ resume: destinationId });
      for (const delivery of all) if (delivery.state === 'failed') press({ retry: delivery.id });
    }, 100);
    over.signal.addEventListener('abort', () => clearInterval(look));
  }).finally(() => over.abort());
  await running;
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `${seconds.toFixed(1)} s, ${kills} kills, pressed ${JSON.stringify(pressed)}, asked ${JSON.stringify(asked)}`,
  );
  console.log([...struck].sort().join('; '));

  // Every kind of trouble struck every kind of change.
  for (const kind of ['media', 'post', 'public']) {
    for (const trouble of troubles)
      expect(struck.get(`${kind} ${trouble}`) ?? 0, `${kind} ${trouble}`).toBeGreaterThan(0);
  }
  expect(kills).toBeGreaterThan(10);

  // On the site: each once, public, and nothing else in any state.
  const slugs = ids.map((id) => `portrait-${id}`).sort();
  const posts = await site.query(`SELECT post_name, post_status, post_content FROM wp_posts WHERE post_type = 'post'`);
  expect(posts.map(([slug]) => slug).sort()).toEqual(slugs);
  expect(new Set(posts.map(([, status]) => status))).toEqual(new Set(['publish']));
  const sounds = await site.query(`SELECT post_name, guid FROM wp_posts WHERE post_type = 'attachment'`);
  expect(sounds.map(([slug]) => slug).sort()).toEqual(slugs);
  expect(await site.count('post')).toBe(portraits);
  expect(await site.count('attachment')).toBe(portraits);

  // Each sound, as a listener's player fetches it from the post, is the local file byte for byte.
  const content = new Map(posts.map(([slug, , text]) => [slug, text]));
  for (const id of ids) {
    const address = /<audio controls src="([^"]+)"/.exec(content.get(`portrait-${id}`) ?? '')?.[1] ?? '';
    const fetched = Buffer.from(await (await fetch(address)).arrayBuffer());
    const local = await readFile(join(files().sounds, `${id}.mp3`));
    expect(sha256(fetched)).toBe(sha256(local));
  }
  const stored = await site.query(`SELECT count(*) FROM wp_posts WHERE post_status = 'trash'`);
  expect(stored).toEqual([['0']]);

  // In the library: every portrait moved once, with one line in the audit trail.
  const moved = db.prepare(`SELECT count(*) AS n FROM portraits WHERE state = 'published' AND revision = 1`).get();
  expect(moved).toEqual({ n: portraits });
  const audited = db.prepare(`SELECT count(*) AS n, count(DISTINCT portrait_id) AS portraits FROM audit
    WHERE action = 'published'`);
  expect(audited.get()).toEqual({ n: portraits, portraits });
  const page = await fetch(deliveries.list()[0]?.url ?? '');
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('<audio controls');
});

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
