import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wordpress } from '../../electron/studio/delivery/destinations/wordpress.ts';
import type { Job, Memo, SendingStep, Site, StepOutcome } from '../../electron/studio/delivery/kind.ts';
import { newId } from '../../shared/domain/ids.ts';
import { type Fault, startFaultProxy } from './faultProxy.ts';
import { speakMp3s } from './sounds.ts';
import { startWordPress, type WordPress } from './wordpress.ts';

let site: WordPress;
let folder: string;
const kind = wordpress({ fetch });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kind-'));
  site = await startWordPress({ uploadMb: 1 });
  await speakMp3s(folder, ['one', 'two']);
});
afterAll(async () => {
  await site?.stop();
  await rm(folder, { recursive: true, force: true });
});

const account = (user: 'kiosk' | 'auteur' | 'lecteur' = 'kiosk', url = site.url): Site => ({
  url,
  user,
  password: site.passwords[user],
});

/** A job as the queue hands it over, whose memo lives on from step to step. */
async function jobFor(given: Partial<Job> & { file?: string; mime?: string } = {}) {
  const path = given.file ?? join(folder, 'one.mp3');
  const bytes = await readFile(path);
  const md5 = createHash('md5').update(bytes).digest('hex');
  const mime = given.mime ?? 'audio/mpeg';
  const job: Job = {
    site: account(),
    portraitId: newId(),
    portrait: {
      title: 'Zoé <i>& Cie</i>',
      text: 'Un.\n\nDeux [gallery] <script>',
      tags: ['Dunkerque', 'été'],
      code: null,
    },
    memo: {},
    rendition: async () => ({ ok: true, rendition: { path, bytes: bytes.length, md5, mime, format: 'mp3' } }),
    remember: (memo: Memo) => {
      job.memo = memo;
    },
    signal: new AbortController().signal,
    ...given,
  };
  const step = async (name: SendingStep): Promise<StepOutcome> => {
    const outcome = await kind.run(name, job);
    if (outcome.done) job.memo = outcome.memo;
    return outcome;
  };
  return { job, step, bytes };
}

async function posts(portraitId: string) {
  return site.query(`SELECT ID, post_status, post_title FROM wp_posts WHERE post_type = 'post'
    AND post_name LIKE 'portrait-${portraitId}%' ORDER BY ID`);
}
async function sounds(portraitId: string) {
  return site.query(`SELECT ID, post_name, guid FROM wp_posts WHERE post_type = 'attachment'
    AND post_name LIKE 'portrait-${portraitId}%' ORDER BY ID`);
}

describe('the account check', () => {
  test.each(['kiosk', 'auteur'] as const)('%s may publish', async (user) => {
    const outcome = await kind.check(account(user));
    expect(outcome).toEqual({ ok: true, site: "Banc d'essai", account: user, maxUploadBytes: null });
  });
  test('a subscriber may not', async () => {
    expect(await kind.check(account('lecteur'))).toMatchObject({ ok: false, reason: 'role' });
  });
  test('a wrong password is told, and not shown', async () => {
    const outcome = await kind.check({ ...account(), password: 'wrong horse' });
    expect(outcome).toMatchObject({ ok: false, reason: 'login' });
    expect(JSON.stringify(outcome)).not.toContain('wrong horse');
  });
  test('the address may be pasted from the admin pages', async () => {
    expect(kind.address(`${site.url}/wp-admin/edit.php?post_type=page#top`)).toBe(site.url);
    expect(kind.address('https://user:secret@example.org/blog/wp-json/')).toBe('https://example.org/blog');
    expect(kind.address('ftp://example.org')).toBeUndefined();
  });
  test('nobody at home', async () => {
    expect(await kind.check(account('kiosk', 'http://127.0.0.1:9'))).toMatchObject({ ok: false, reason: 'offline' });
  });
});

test('a whole trip: sound, draft, public page; and every step again changes nothing', async () => {
  const { job, step, bytes } = await jobFor();
  expect(await step('media')).toMatchObject({ done: true });
  expect(await step('post')).toMatchObject({ done: true });
  expect((await posts(job.portraitId))[0]?.[1]).toBe('draft');
  const last = await step('public');
  if (!last.done || last.url === undefined) throw new Error(JSON.stringify(last));

  // As after a crash that came before the answer: only what was noted before sending is known.
  const before = [await posts(job.portraitId), await sounds(job.portraitId)];
  const { sentMd5 } = job.memo;
  job.memo = { sentMd5 };
  for (const name of ['media', 'media', 'post', 'post', 'public', 'public'] as const) {
    expect(await step(name)).toMatchObject({ done: true });
  }
  expect(before.map((rows) => rows.length)).toEqual([1, 1]);
  expect([await posts(job.portraitId), await sounds(job.portraitId)]).toEqual(before);
  const [sound] = await sounds(job.portraitId);
  const file = await fetch(sound?.[2] ?? '');
  expect(Buffer.from(await file.arrayBuffer()).equals(bytes)).toBe(true);

  const page = await (await fetch(last.url)).text();
  const body = page.slice(page.indexOf('<body>'));
  expect(body).toMatch(new RegExp(`<audio controls src="[^"]*/portrait-${job.portraitId}\\.mp3">`));
  expect(body).toContain('<h1>Zoé &lt;i&gt;&amp; Cie&lt;/i&gt;</h1>');
  expect(body).toContain('Deux &#091;gallery&#093; &lt;script&gt;');
  expect(body).toMatch(/rel="tag">Dunkerque<.*rel="tag">été</s);
});

test('a sound that was edited since replaces the one sent before', async () => {
  const { job, step } = await jobFor();
  await step('media');
  const before = await sounds(job.portraitId);
  const other = await jobFor({ portraitId: job.portraitId, memo: job.memo, file: join(folder, 'two.mp3') });
  await other.step('media');
  const after = await sounds(job.portraitId);
  expect(after).toHaveLength(1);
  expect(after[0]?.[0]).not.toBe(before[0]?.[0]);
  const file = await fetch(after[0]?.[2] ?? '');
  expect(Buffer.from(await file.arrayBuffer()).equals(other.bytes)).toBe(true);
});

test('a draft that somebody removed on the site is written again', async () => {
  const { job, step } = await jobFor();
  await step('media');
  await step('post');
  const [[id] = []] = await posts(job.portraitId);
  const pair = Buffer.from(`${site.user}:${site.password}`).toString('base64');
  await fetch(`${site.url}/wp-json/wp/v2/posts/${id}?force=true`, {
    method: 'DELETE',
    headers: { authorization: `Basic ${pair}` },
  });
  const outcome = await step('public');
  expect(outcome).toMatchObject({ done: false, again: 'post' });
  if (!outcome.done && 'again' in outcome) job.memo = outcome.memo;
  expect(await step('post')).toMatchObject({ done: true });
  expect(await step('public')).toMatchObject({ done: true });
});

test('doubles that a late request left are swept away before the post goes public', async () => {
  const { job, step } = await jobFor();
  await step('media');
  await step('post');
  const late = await jobFor({ portraitId: newId() });
  await late.step('media');
  await late.step('post');
  const slug = `portrait-${job.portraitId}`;
  await site.query(`UPDATE wp_posts SET post_name = '${slug}-2' WHERE post_name = 'portrait-${late.job.portraitId}'`);
  expect(await posts(job.portraitId)).toHaveLength(2);
  job.memo = { ...job.memo, uploads: 2, posts: 2 };
  expect(await step('public')).toMatchObject({ done: true });
  expect(await posts(job.portraitId)).toHaveLength(1);
  expect((await sounds(job.portraitId)).map(([, name]) => name)).toEqual([slug]);
});

test('without the companion nobody can withdraw on the site, and it says so by saying nothing', async () => {
  expect(await kind.withdrawals?.list(account())).toEqual({ ok: true, value: [] });
});

describe('taken down', () => {
  test.each([1, 2, 3])(
    'after %i of its steps: page, sound and feed are without it, and once more changes nothing',
    async (n) => {
      const { job, step } = await jobFor();
      let url = `${site.url}/portrait-${job.portraitId}/`;
      for (const name of (['media', 'post', 'public'] as const).slice(0, n)) {
        const outcome = await step(name);
        if (outcome.done && outcome.url !== undefined) url = outcome.url;
      }
      const [sound] = await sounds(job.portraitId);
      const file = sound?.[2] ?? '';
      expect((await fetch(file)).status).toBe(200);
      const feed = async () => (await fetch(`${site.url}/feed/`)).text();
      if (n === 3) {
        expect((await fetch(url)).status).toBe(200);
        expect(await feed()).toContain(job.portraitId);
      }
      // As after a crash: nothing is known but the portrait's name.
      expect(await kind.takeDown({ ...job, memo: {} })).toMatchObject({ done: true, removed: Math.min(n, 2) });
      expect((await fetch(url)).status).toBe(404);
      expect((await fetch(file)).status).toBe(404);
      expect(await feed()).not.toContain(job.portraitId);
      expect(await posts(job.portraitId)).toEqual([]);
      expect(await sounds(job.portraitId)).toEqual([]);
      expect(await kind.takeDown(job)).toEqual({ done: true, removed: 0 });
    },
  );

  test('found by what was noted when somebody renamed it on the site', async () => {
    const { job, step } = await jobFor();
    for (const name of ['media', 'post', 'public'] as const) await step(name);
    await site.query(`UPDATE wp_posts SET post_name = 'autre-nom' WHERE post_name LIKE 'portrait-${job.portraitId}%'
      AND post_type = 'post'`);
    expect(await kind.takeDown(job)).toMatchObject({ done: true });
    expect(await site.query(`SELECT ID FROM wp_posts WHERE post_name = 'autre-nom'`)).toEqual([]);
    expect(await sounds(job.portraitId)).toEqual([]);
  });
});

test('a sound over upload_max_filesize gets through: PHP limits forms, and a raw body is none', async () => {
  const file = join(folder, 'large.mp3');
  await writeFile(file, Buffer.alloc(1_300_000, await readFile(join(folder, 'one.mp3'))));
  const { step, job } = await jobFor({ file });
  expect(await step('media')).toMatchObject({ done: true });
  expect(await sounds(job.portraitId)).toHaveLength(1);
});

describe('what the site refuses', () => {
  test('a type that is no sound', async () => {
    const file = join(folder, 'page.html');
    await writeFile(file, '<!doctype html><p>not a sound</p>');
    const { step } = await jobFor({ file, mime: 'text/html' });
    expect(await step('media')).toMatchObject({ done: false, failure: { reason: 'typeRefused' } });
  });
  test('a folder it cannot write to', async () => {
    const uploads = join(site.www, 'wp-content/uploads');
    await rename(uploads, `${uploads}-away`);
    await writeFile(uploads, '');
    try {
      const { step } = await jobFor();
      expect(await step('media')).toMatchObject({ done: false, failure: { reason: 'uploadsNotWritable' } });
    } finally {
      await rm(uploads);
      await rename(`${uploads}-away`, uploads);
    }
  });
  test('an account that may not', async () => {
    const { step } = await jobFor({ site: account('lecteur') });
    expect(await step('media')).toMatchObject({ done: false, failure: { reason: 'role' } });
  });
  test('a wrong password', async () => {
    const { step } = await jobFor({ site: { ...account(), password: 'wrong' } });
    expect(await step('media')).toMatchObject({ done: false, failure: { reason: 'notRecognised' } });
  });
});

test('a body that arrives in part is refused by its checksum and leaves nothing', async () => {
  const { job, bytes } = await jobFor();
  const md5 = createHash('md5').update(bytes).digest('hex');
  const pair = Buffer.from(`${site.user}:${site.password}`).toString('base64');
  const answer = await fetch(`${site.url}/wp-json/wp/v2/media`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${pair}`,
      'content-type': 'audio/mpeg',
      'content-md5': md5,
      'content-disposition': `attachment; filename="portrait-${job.portraitId}.mp3"`,
    },
    body: bytes.subarray(0, 5000),
  });
  expect(answer.status).toBe(412);
  expect(await sounds(job.portraitId)).toHaveLength(0);
});

describe('on the way', () => {
  test.each([
    ['lose', { reason: 'offline', effect: 'retry' }],
    ['cut', { reason: 'offline', effect: 'retry' }],
    ['401', { reason: 'siteLock' }],
    ['413', { reason: 'tooLarge' }],
    ['500', { reason: 'siteError' }],
    ['slow', { reason: 'slow' }],
  ] as [Fault, object][])('%s, and the next try leaves one sound', async (fault, failure) => {
    let struck = 0;
    const proxy = await startFaultProxy(site.url, ({ method }) => ({
      fault: method === 'POST' && struck++ === 0 ? fault : undefined,
    }));
    const hasty = wordpress({ fetch, timeouts: { answerMs: 5000, uploadMs: () => 2000 } });
    const { job } = await jobFor({ site: account('kiosk', proxy.url) });
    expect(await hasty.run('media', job)).toMatchObject({ done: false, failure });
    expect(await hasty.run('media', job)).toMatchObject({ done: true });
    expect(await sounds(job.portraitId)).toHaveLength(1);
    await proxy.close();
  });
});

test('without pretty permalinks REST is found by ?rest_route=', async () => {
  const plain = await startWordPress({ permalinks: 'plain' });
  try {
    const at = { url: plain.url, user: plain.user, password: plain.password };
    expect(await kind.check(at)).toMatchObject({ ok: true });
    const { step } = await jobFor({ site: at });
    for (const name of ['media', 'post', 'public'] as const) expect(await step(name)).toMatchObject({ done: true });
    expect(await plain.count('post')).toBe(1);
    expect(await plain.count('attachment')).toBe(1);
  } finally {
    await plain.stop();
  }
});

describe('something else answers', () => {
  let server: Server;
  let answer: { status: number; headers?: Record<string, string>; body: string };
  beforeAll(async () => {
    server = createServer((_, response) => {
      response.writeHead(answer.status, { 'content-type': 'text/html', ...answer.headers });
      response.end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  test.each([
    ['a sign-in page of a hall', { status: 200, body: '<html>Bienvenue au Wi-Fi</html>' }, 'portal'],
    ['a redirect elsewhere', { status: 302, headers: { location: 'http://portal.invalid/' }, body: '' }, 'portal'],
    ['an empty page', { status: 404, body: '' }, 'notWordPress'],
    ['WordPress without REST', { status: 404, body: '<link href="/wp-content/themes/a/style.css">' }, 'noRestApi'],
    ['a site out of order', { status: 502, body: '<h1>Bad gateway</h1>' }, 'siteError'],
    [
      'a site that lets nobody in',
      { status: 401, body: '{"code":"rest_login_required","message":"No."}' },
      'restClosed',
    ],
  ])('%s', async (_, given, reason) => {
    answer = given;
    expect(await wordpress({ fetch }).check(account('kiosk', url()))).toMatchObject({ ok: false, reason });
  });

  test('a site that echoes the request: the password stays out of the detail', async () => {
    const { password } = account();
    const pair = Buffer.from(`${site.user}:${password}`).toString('base64');
    answer = { status: 500, body: `<p>${password} ${password.replaceAll(' ', '')} Basic ${pair}</p>` };
    const outcome = await wordpress({ fetch }).check(account('kiosk', url()));
    expect(outcome).toMatchObject({ ok: false, detail: '500: *** *** Basic ***' });
  });
});
