import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { wordpress } from '../../electron/studio/delivery/destinations/wordpress.ts';
import type { Job, Site } from '../../electron/studio/delivery/kind.ts';
import { newId } from '../../shared/domain/ids.ts';
import type { Account, WordPress } from './wordpress.ts';

export interface Published {
  id: string;
  code: string;
  post: number;
  media: number;
  url: string;
  sound: string;
  /** What the delivery has learnt, as the library keeps it. */
  memo: Record<string, unknown>;
}

/** What tests of the companion do on a real site: publish as the booth does, ask as any account, type as anybody. */
export async function createCompanionSite(site: WordPress, folder: string) {
  const kind = wordpress({ fetch });
  const as = (account: Account): Site => ({ url: site.url, user: account, password: site.passwords[account] });

  async function rest(
    account: Account | null,
    method: string,
    route: string,
    body?: object,
  ): Promise<{ status: number; json: unknown }> {
    const pair = account && Buffer.from(`${account}:${site.passwords[account]}`).toString('base64');
    const answer = await fetch(`${site.url}/wp-json/${route}`, {
      method,
      headers: { 'content-type': 'application/json', ...(pair !== null && { authorization: `Basic ${pair}` }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, json: await answer.json().catch(() => null) };
  }

  async function publish(title: string, code: string, by: Account = 'kiosk', portraitId = newId()): Promise<Published> {
    const path = join(folder, 'one.mp3');
    const bytes = await readFile(path);
    const md5 = createHash('md5').update(bytes).digest('hex');
    const job: Job = {
      site: as(by),
      portraitId,
      portrait: { title, text: '', tags: [], code },
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
    const { postId, mediaId, mediaUrl } = job.memo;
    const ids = { post: Number(postId), media: Number(mediaId) };
    return { id: portraitId, code, ...ids, url, sound: String(mediaUrl), memo: job.memo };
  }

  const made = await rest('kiosk', 'POST', 'wp/v2/pages', {
    title: 'Retirer',
    content: '[phonomaton_retrait lang="fr"]',
    status: 'publish',
  });
  const page = (made.json as { link: string }).link;

  async function nonce(): Promise<string> {
    return /name="phonomaton_nonce" value="(\w+)"/.exec(await (await fetch(page)).text())?.[1] ?? '';
  }

  /** Sends the form as a browser would, with the page's own hidden fields. */
  async function send(
    fields: Record<string, string>,
    from: { nonce?: string; forwarded?: string } = {},
  ): Promise<string> {
    const body = new URLSearchParams({ phonomaton_nonce: from.nonce ?? (await nonce()), ...fields });
    const headers = from.forwarded === undefined ? {} : { 'x-forwarded-for': from.forwarded };
    const answer = await (await fetch(page, { method: 'POST', body, headers })).text();
    return answer.slice(answer.indexOf('<body>'));
  }

  /** Types a code and says that one is sure; answers whether it was taken. */
  async function withdraw(code: string, from: { nonce?: string } = {}): Promise<boolean> {
    const asked = await send({ phonomaton_code: code }, from);
    const portrait = /name="phonomaton_sure" value="([^"]+)"/.exec(asked)?.[1];
    if (portrait === undefined) return false;
    const done = await send({ phonomaton_code: code, phonomaton_sure: portrait }, from);
    return done.includes('C’est fait');
  }

  /** Whether page and sound stand. */
  async function stands({ url, sound }: Published): Promise<boolean[]> {
    return Promise.all(
      [url, sound].map(async (address) => (await fetch(address, { redirect: 'manual' })).status === 200),
    );
  }

  /** What the site says was withdrawn, by portrait. */
  async function told(by: Account = 'kiosk'): Promise<string[]> {
    const answer = await kind.withdrawals?.list(as(by));
    if (answer?.ok !== true) throw new Error(JSON.stringify(answer));
    return answer.value.map(({ portraitId }) => portraitId);
  }

  return { kind, as, rest, publish, nonce, send, withdraw, stands, told, page };
}
export type CompanionSite = Awaited<ReturnType<typeof createCompanionSite>>;
