import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { newId } from '../../shared/domain/ids.ts';
import { type CompanionSite, createCompanionSite, type Published } from './companion.ts';
import { speakMp3s } from './sounds.ts';
import { startWordPress, type WordPress } from './wordpress.ts';

let site: WordPress;
let folder: string;
let here: CompanionSite;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'companion-'));
  site = await startWordPress({ companion: true });
  await speakMp3s(folder, ['one']);
  here = await createCompanionSite(site, folder);
});
afterAll(async () => {
  await site?.stop();
  await rm(folder, { recursive: true, force: true });
});
/** Every test begins with nothing told and nothing guessed. */
afterEach(() => site.query('DELETE FROM wp_phonomaton_withdrawals; DELETE FROM wp_phonomaton_tries'));

const both = [true, true];
const gone = [false, false];

test('with the code of the ticket a portrait leaves the site at once, and the booth hears of it', async () => {
  const mine = await here.publish('Zoé & le <vent>', 'KM47-QXAC');
  const other = await here.publish('Un autre', 'AAAA-CCCC');

  // Only a hash is kept, and nobody reads it.
  const metas = (await site.query('SELECT meta_value FROM wp_postmeta')).flat();
  expect(metas.some((value) => value.replaceAll('-', '').includes('KM47QXAC'))).toBe(false);
  const shown = await here.rest('kiosk', 'GET', 'wp/v2/posts?context=edit');
  expect(JSON.stringify(shown.json)).not.toMatch(/KM47|phonomaton_(code|portrait|seal)/);

  expect(await here.send({ phonomaton_code: 'PPPP-QQQQ' })).toContain('Nous ne trouvons pas ce code');
  // As people type it, without the hyphen and in small letters; the first time it is only asked.
  const asked = await here.send({ phonomaton_code: 'km47 qxac' });
  expect(asked).toContain('Zoé &amp; le');
  expect(await here.stands(mine)).toEqual(both);
  const sure = { phonomaton_code: mine.code, phonomaton_sure: mine.id };
  expect(await here.send(sure, { nonce: 'wrong' })).toContain('La page a attendu trop longtemps');
  // Sure of somebody else's portrait is sure of none.
  expect(await here.send({ ...sure, phonomaton_sure: other.id })).toContain('Votre portrait');
  expect([await here.stands(mine), await here.stands(other)]).toEqual([both, both]);

  expect(await here.send(sure)).toContain('C’est fait');
  expect([await here.stands(mine), await here.stands(other)]).toEqual([gone, both]);

  const told = await here.kind.withdrawals?.list(here.as('kiosk'));
  expect(told).toMatchObject({ ok: true, value: [{ portraitId: mine.id }] });
  const ref = told?.ok ? (told.value[0]?.ref ?? '') : '';
  expect(await here.kind.withdrawals?.heard(here.as('kiosk'), ref)).toMatchObject({ ok: true });
  expect(await here.told()).toEqual([]);
});

test.each(['trash', 'draft', 'pending', 'private'])(
  'a post that an editor made “%s” is its speaker’s as before: the code takes page and sound away',
  async (state) => {
    const mine = await here.publish(`Un portrait (${state})`, 'CCCC-DDDD');
    const changed =
      state === 'trash'
        ? await here.rest('redacteur', 'DELETE', `wp/v2/posts/${mine.post}`)
        : await here.rest('redacteur', 'POST', `wp/v2/posts/${mine.post}`, { status: state, slug: 'autre-adresse' });
    expect(changed.status).toBe(200);
    expect(await here.withdraw(mine.code)).toBe(true);
    expect(await site.query(`SELECT ID FROM wp_posts WHERE ID IN (${mine.post}, ${mine.media})`)).toEqual([]);
    expect((await fetch(mine.sound)).status).toBe(404);
    expect(await here.told()).toEqual([mine.id]);
  },
);

/** Every way in by which an account of the site tries to make a post into somebody's portrait, with a code of its own. */
const forgeries: [name: string, forge: (victim: Published, code: string) => Promise<unknown>][] = [
  [
    'a slug that begins with the portrait’s name, and the code as a field of the post',
    (victim, code) =>
      here.rest('contributeur', 'POST', 'wp/v2/posts', {
        title: 'x',
        slug: `portrait-${victim.id}-x`,
        status: 'draft',
        phonomaton_code: code,
      }),
  ],
  [
    'the very slug, by an author, published',
    (victim, code) =>
      here.rest('auteur', 'POST', 'wp/v2/posts', {
        title: 'x',
        slug: `portrait-${victim.id}`,
        status: 'publish',
        phonomaton_code: code,
      }),
  ],
  [
    'meta by REST, as an editor',
    (victim, code) =>
      here.rest('redacteur', 'POST', 'wp/v2/posts', {
        title: 'x',
        status: 'publish',
        meta: { _phonomaton_portrait: victim.id, _phonomaton_code: code, _phonomaton_seal: `2:${'0'.repeat(64)}` },
      }),
  ],
  [
    'custom fields by XML-RPC, as an editor',
    (victim, code) => xmlRpcPost('redacteur', { _phonomaton_portrait: victim.id, _phonomaton_code: code }),
  ],
  [
    'custom fields by XML-RPC, as an administrator',
    (victim, code) => xmlRpcPost('patron', { _phonomaton_portrait: victim.id, _phonomaton_code: code }),
  ],
  [
    'the booth’s own route, as an editor and as an administrator',
    async (victim, code) => {
      for (const account of ['redacteur', 'patron'] as const) {
        const asked = { post: victim.post, sounds: [victim.media], code };
        const answer = await here.rest(account, 'POST', `phonomaton/v2/portraits/${victim.id}`, asked);
        expect(answer.status, account).toBe(403);
      }
    },
  ],
  [
    'metas copied to another post, and the code’s hash put in place of the right one, by a plugin',
    async (victim, code) => {
      const made = await here.rest('redacteur', 'POST', 'wp/v2/posts', { title: 'copie', status: 'publish' });
      const { id } = made.json as { id: number };
      await site.query(`INSERT INTO wp_postmeta (post_id, meta_key, meta_value)
        SELECT ${id}, meta_key, meta_value FROM wp_postmeta WHERE post_id = ${victim.post} AND meta_key LIKE '\\_phonomaton%'`);
      // The hash of a code of one's own is had by publishing: take it from another post.
      await site.query(`UPDATE wp_postmeta SET meta_value = (SELECT * FROM (SELECT meta_value FROM wp_postmeta
        WHERE meta_key = '_phonomaton_code' AND post_id = ${own.post}) k)
        WHERE post_id = ${id} AND meta_key = '_phonomaton_code'`);
      void code;
    },
  ],
  [
    'the id of another portrait put into the metas of one’s own post',
    (victim) =>
      site.query(`UPDATE wp_postmeta SET meta_value = '${victim.id}'
        WHERE post_id = ${own.post} AND meta_key = '_phonomaton_portrait'`),
  ],
];

/** A portrait whose code the attacker knows: their own. */
let own: Published;

test.each(forgeries)('forged: %s', async (_name, forge) => {
  const code = 'EEEE-FFFF';
  const victim = await here.publish('Somebody else', 'GGGG-HHHH');
  own = await here.publish('Mine', code);
  await forge(victim, code);
  await here.send({ phonomaton_code: code, phonomaton_sure: victim.id });
  await here.withdraw(code);
  expect(await here.stands(victim)).toEqual(both);
  expect(await here.told()).not.toContain(victim.id);
  // And its own code goes on working.
  expect(await here.withdraw(victim.code)).toBe(true);
  expect(await here.stands(victim)).toEqual(gone);
  expect(await here.told()).toContain(victim.id);
  await here.kind.takeDown({
    site: here.as('kiosk'),
    portraitId: own.id,
    memo: own.memo,
    signal: new AbortController().signal,
  });
});

async function xmlRpcPost(account: 'redacteur' | 'patron', fields: Record<string, string>): Promise<void> {
  const string = (text: string) => `<value><string>${text}</string></value>`;
  const member = (name: string, value: string) => `<member><name>${name}</name>${value}</member>`;
  const customs = Object.entries(fields).map(
    ([key, value]) => `<value><struct>${member('key', string(key))}${member('value', string(value))}</struct></value>`,
  );
  const content = `<value><struct>${member('post_title', string('x'))}${member('post_status', string('publish'))}
    ${member('custom_fields', `<value><array><data>${customs.join('')}</data></array></value>`)}</struct></value>`;
  const params = ['<value><int>1</int></value>', string(account), string(site.passwords[account]), content];
  const body = `<?xml version="1.0"?><methodCall><methodName>wp.newPost</methodName><params>${params
    .map((value) => `<param>${value}</param>`)
    .join('')}</params></methodCall>`;
  const answer = await (await fetch(`${site.url}/xmlrpc.php`, { method: 'POST', body })).text();
  const id = /<string>(\d+)<\/string>/.exec(answer)?.[1];
  expect(id, answer).toBeDefined();
  // The post is there, and bears nothing of it.
  const metas = await site.query(
    `SELECT meta_key FROM wp_postmeta WHERE post_id = ${id} AND meta_key LIKE '\\_phonomaton%'`,
  );
  expect(metas).toEqual([]);
}

test('a copy of the post by a plugin makes no second portrait: the code takes the real one, and once', async () => {
  const mine = await here.publish('Original', 'JJJJ-KKKK');
  const made = await here.rest('redacteur', 'POST', 'wp/v2/posts', { title: 'Copie', status: 'publish' });
  const { id, link } = made.json as { id: number; link: string };
  await site.query(`INSERT INTO wp_postmeta (post_id, meta_key, meta_value)
    SELECT ${id}, meta_key, meta_value FROM wp_postmeta WHERE post_id = ${mine.post}`);
  const asked = await here.send({ phonomaton_code: mine.code });
  expect(asked.match(/Votre portrait/g)).toHaveLength(1);
  expect(asked).toContain('Original');
  expect(await here.withdraw(mine.code)).toBe(true);
  expect(await here.stands(mine)).toEqual(gone);
  expect((await fetch(link)).status).toBe(200);
  expect(await here.told()).toEqual([mine.id]);
});

test('an editor can neither change nor delete what makes a post a portrait', async () => {
  const mine = await here.publish('Un portrait', 'KKKK-MMMM');
  const forms = { _phonomaton_portrait: newId(), _phonomaton_code: null, _phonomaton_seal: '' };
  await here.rest('redacteur', 'POST', `wp/v2/posts/${mine.post}`, { meta: forms, title: 'Autre titre' });
  await here.rest('patron', 'POST', `wp/v2/posts/${mine.post}`, { meta: forms, title: 'Encore un' });
  expect(await here.withdraw(mine.code)).toBe(true);
  expect(await here.told()).toEqual([mine.id]);
});

test('portraits sent before the companion knew the booth are declared afterwards, by the booth itself', async () => {
  await site.query("UPDATE wp_options SET option_value = 'a:0:{}' WHERE option_name = 'phonomaton_booths'");
  const early = await here.publish('Tôt', 'NNNN-PPPP');
  expect(await here.withdraw(early.code)).toBe(false);
  const waits = await here.kind.check(here.as('kiosk'));
  expect(waits).toMatchObject({ ok: true, companion: 'waits' });
  expect(await here.told()).toEqual([]);

  await chooseBooth('patron', 'kiosk');
  expect(await here.kind.check(here.as('kiosk'))).not.toHaveProperty('companion');
  const standing = [{ portraitId: early.id, code: early.code, memo: early.memo }];
  expect(await here.kind.withdrawals?.declare(here.as('kiosk'), standing)).toBe(1);
  expect(await here.kind.withdrawals?.declare(here.as('kiosk'), standing)).toBe(0);
  expect(await here.withdraw(early.code)).toBe(true);
  expect(await here.stands(early)).toEqual(gone);
  expect(await here.told()).toEqual([early.id]);
});

test('only an administrator chooses the booth’s account: an editor’s form is refused', async () => {
  await expect(chooseBooth('redacteur', 'redacteur')).rejects.toThrow('403');
  expect((await here.rest('redacteur', 'GET', 'phonomaton/v2/withdrawals')).status).toBe(403);
});

/** Signs in on the pages as a person does, and chooses an account on the settings page. */
async function chooseBooth(by: 'patron' | 'redacteur', booth: string): Promise<void> {
  const login = await fetch(`${site.url}/wp-login.php`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: 'wordpress_test_cookie=WP%20Cookie%20check' },
    body: new URLSearchParams({ log: by, pwd: `${by}-password`, testcookie: '1' }),
  });
  const cookie = login.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const headers = { cookie };
  const page = await fetch(`${site.url}/wp-admin/options-general.php?page=phonomaton`, { headers });
  const html = await page.text();
  if (by === 'patron') expect(html).toContain('Ces comptes demandent à l’être');
  const nonce = /name="_wpnonce" value="(\w+)"/.exec(html)?.[1] ?? 'none';
  const [[user] = []] = await site.query(`SELECT ID FROM wp_users WHERE user_login = '${booth}'`);
  const body = new URLSearchParams({ action: 'phonomaton_booth', is: 'yes', user: user ?? '', _wpnonce: nonce });
  const done = await fetch(`${site.url}/wp-admin/admin-post.php`, {
    method: 'POST',
    redirect: 'manual',
    headers,
    body,
  });
  if (done.status !== 302) throw new Error(String(done.status));
}

test('guessing is slowed, and a right code is never shut out: not by its neighbours behind a proxy, nor for good', async () => {
  const mine = await here.publish('Encore un', 'MMMM-NNNN');
  const nonce = await here.nonce();
  const guess = (n: number, forwarded: string) =>
    here.send({ phonomaton_code: `WWWW-${String(n).padStart(4, 'X')}` }, { nonce, forwarded });
  // More at once than a measure holds; none is missed.
  const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => guess(n, '203.0.113.9')));
  expect(answers.filter((answer) => answer.includes('Nous ne trouvons pas')).length).toBeGreaterThanOrEqual(20);
  expect(await guess(99, '203.0.113.9')).toContain('beaucoup d’essais');
  // A neighbour behind the same proxy is not kept waiting.
  expect(await here.send({ phonomaton_code: mine.code }, { nonce, forwarded: '203.0.113.10' })).toContain(
    'Votre portrait',
  );
  // And who guessed is let in again once the measure has run down: never longer than that of what was tried.
  const [[full] = []] = await site.query('SELECT max(full_until) FROM wp_phonomaton_tries');
  const [[now] = []] = await site.query('SELECT ROUND(UNIX_TIMESTAMP(NOW(3)) * 1000)');
  expect(Number(full) - Number(now)).toBeLessThanOrEqual(40 * 20_000);
  await site.query('UPDATE wp_phonomaton_tries SET full_until = full_until - 500000');
  expect(await here.withdraw(mine.code)).toBe(true);
});

test('while the whole site is guessed at from many addresses, right codes are taken as soon as the measure runs down', async () => {
  const mine = await here.publish('Et un autre', 'PPPP-RRRR');
  const old = await here.publish('Un ancien', 'KM4-7QX');
  const soon = Date.now() + 300 * 4000;
  await site.query(`INSERT INTO wp_phonomaton_tries VALUES ('long', ${soon + 600_000})`);
  expect(await here.send({ phonomaton_code: mine.code })).toContain('beaucoup d’essais');
  // Codes of six have a measure of their own: one does not close the other.
  expect(await here.withdraw(old.code)).toBe(true);
  await site.query(`UPDATE wp_phonomaton_tries SET full_until = ${soon - 10_000} WHERE name = 'long'`);
  expect(await here.withdraw(mine.code)).toBe(true);
});
