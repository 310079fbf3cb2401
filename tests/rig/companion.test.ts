import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { wordpress } from '../../electron/studio/delivery/destinations/wordpress.ts';
import type { Job, Site } from '../../electron/studio/delivery/kind.ts';
import { newId } from '../../shared/domain/ids.ts';
import { speakMp3s } from './sounds.ts';
import { startWordPress, type WordPress } from './wordpress.ts';

let site: WordPress;
let folder: string;
let page: string;
const kind = wordpress({ fetch });
const code = 'KM4-7QX';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'companion-'));
  site = await startWordPress({ companion: true });
  await speakMp3s(folder, ['one']);
  const answer = await asEditor('pages', {
    title: 'Retirer',
    content: '[phonomaton_retrait lang="fr"]',
    status: 'publish',
  });
  page = answer.link;
});
afterAll(async () => {
  await site?.stop();
  await rm(folder, { recursive: true, force: true });
});

const account = (): Site => ({ url: site.url, user: site.user, password: site.password });
const authorization = () => `Basic ${Buffer.from(`${site.user}:${site.password}`).toString('base64')}`;

async function asEditor(route: string, body: object): Promise<{ link: string }> {
  const headers = { authorization: authorization(), 'content-type': 'application/json' };
  const answer = await fetch(`${site.url}/wp-json/wp/v2/${route}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  return (await answer.json()) as { link: string };
}

/** A portrait brought to the site with its code; answers its id, its address and its sound's. */
async function publish(title: string, withCode: string) {
  const path = join(folder, 'one.mp3');
  const bytes = await readFile(path);
  const md5 = createHash('md5').update(bytes).digest('hex');
  const job: Job = {
    site: account(),
    portraitId: newId(),
    portrait: { title, text: '', tags: [], code: withCode },
    memo: {},
    rendition: async () => ({
      ok: true,
      rendition: { path, bytes: bytes.length, md5, mime: 'audio/mpeg', format: 'mp3' },
    }),
    remember: () => undefined,
    signal: new AbortController().signal,
  };
  let url = '';
  for (const name of kind.steps) {
    const outcome = await kind.run(name, job);
    if (!outcome.done) throw new Error(JSON.stringify(outcome));
    job.memo = outcome.memo;
    url = outcome.url ?? url;
  }
  return { id: job.portraitId, url, sound: String(job.memo.mediaUrl) };
}

/** Sends the form as a browser would, with the page's own hidden fields. */
async function send(fields: Record<string, string>): Promise<string> {
  const html = await (await fetch(page)).text();
  const nonce = /name="phonomaton_nonce" value="(\w+)"/.exec(html)?.[1] ?? '';
  const body = new URLSearchParams({ phonomaton_nonce: nonce, ...fields });
  const answer = await (await fetch(page, { method: 'POST', body })).text();
  return answer.slice(answer.indexOf('<body>'));
}

test('with the code of the ticket a portrait leaves the site at once, and the booth hears of it', async () => {
  const mine = await publish('Zoé & le <vent>', code);
  const other = await publish('Un autre', 'AAA-CCC');

  // Only a hash is kept, and nobody reads it.
  const metas = (await site.query('SELECT meta_value FROM wp_postmeta')).flat();
  expect(metas.some((value) => value.replaceAll('-', '').includes('KM47QX'))).toBe(false);
  const shown = await fetch(`${site.url}/wp-json/wp/v2/posts`, { headers: { authorization: authorization() } });
  expect(await shown.text()).not.toMatch(/KM4|phonomaton_code":"/);

  expect(await send({ phonomaton_code: 'PPP-QQQ' })).toContain('Nous ne trouvons pas ce code');
  // As people type it, without the hyphen and in small letters; the first time it is only asked.
  const asked = await send({ phonomaton_code: 'km4 7qx' });
  expect(asked).toContain('Zoé &amp; le');
  expect((await fetch(mine.url)).status).toBe(200);
  expect(await send({ phonomaton_code: code, phonomaton_sure: 'yes', phonomaton_nonce: 'wrong' })).toContain(
    'La page a attendu trop longtemps',
  );
  expect((await fetch(mine.url)).status).toBe(200);

  expect(await send({ phonomaton_code: code, phonomaton_sure: 'yes' })).toContain('C’est fait');
  for (const address of [mine.url, mine.sound]) expect((await fetch(address)).status, address).toBe(404);
  for (const address of [other.url, other.sound]) expect((await fetch(address)).status, address).toBe(200);

  const list = `${site.url}/wp-json/phonomaton/v1/withdrawals`;
  expect((await fetch(list)).status).toBe(401);
  expect((await fetch(`${list}/${mine.id}`, { method: 'DELETE' })).status).toBe(401);
  expect(await kind.withdrawals?.list(account())).toEqual({ ok: true, value: [mine.id] });
  expect(await kind.withdrawals?.heard(account(), mine.id)).toMatchObject({ ok: true });
  expect(await kind.withdrawals?.list(account())).toEqual({ ok: true, value: [] });
});

test('guessing is slowed down, for the right code as well', async () => {
  const { url } = await publish('Encore un', 'MMM-NNN');
  for (let n = 0; n < 10; n++) await send({ phonomaton_code: `WWW-${String(n).padStart(3, 'X')}` });
  expect(await send({ phonomaton_code: 'MMM-NNN', phonomaton_sure: 'yes' })).toContain('Trop d’essais');
  expect((await fetch(url)).status).toBe(200);
});
