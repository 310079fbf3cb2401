import { Buffer } from 'node:buffer';
import type { z } from 'zod';
import type { Failure, Site } from '../../kind.ts';
import { type Ask, type Reply, type Sent, send } from '../../network.ts';
import { candidates, type Query, type Root, routeUrl, siteAddress, trustedRedirect } from './address.ts';
import { jsonOf, type Refusal, refusal, root as rootAnswer, unescapeHtml } from './answers.ts';
import { detailOf, failureOfReply } from './refusals.ts';

/** Milliseconds. */
export interface Timeouts {
  answerMs: number;
  uploadMs: (bytes: number) => number;
}

/** A hall's Wi-Fi may leave 16 kB a second; a site that thinks for half a minute will not answer any more. */
export const defaultTimeouts: Timeouts = {
  answerMs: 30_000,
  uploadMs: (bytes) => 60_000 + bytes / 16,
};

export interface Found {
  root: Root;
  name: string;
  /** Whether the site says that it takes application passwords. */
  takesPasswords: boolean;
  /** Whether the site has the companion: it takes a portrait's code, and tells who withdrew with one. */
  companion: boolean;
}

export type Answer<T> = { ok: true; value: T } | { ok: false; failure: Failure; status?: number; refusal?: Refusal };

export interface Request<T> {
  method: Ask['method'];
  route: string;
  query?: Query;
  json?: unknown;
  /** A file as the body. */
  file?: { bytes: Uint8Array<ArrayBuffer>; headers: Record<string, string> };
  answer: z.ZodType<T>;
  signal?: AbortSignal | undefined;
}

const mostRedirects = 5;

/** Speaks to WordPress sites by REST with an application password; remembers where each site's REST is. */
export function createClient(fetch: typeof globalThis.fetch, timeouts: Timeouts) {
  const known = new Map<string, Found>();

  function headersFor(site: Site): Record<string, string> {
    const pair = Buffer.from(`${site.user}:${site.password}`, 'utf8').toString('base64');
    return { authorization: `Basic ${pair}`, accept: 'application/json' };
  }

  async function follow(site: Site, start: string, signal?: AbortSignal): Promise<{ sent: Sent; url: string }> {
    let url = start;
    for (let hop = 0; ; hop++) {
      const headers = headersFor(site);
      const sent = await send(fetch, { method: 'GET', url, headers, timeoutMs: timeouts.answerMs, signal });
      if (!sent.ok || sent.reply.status < 300 || sent.reply.status >= 400 || hop === mostRedirects)
        return { sent, url };
      const next = trustedRedirect(url, sent.reply.headers.get('location'));
      if (next === undefined) return { sent, url };
      url = next;
    }
  }

  /** Looks for REST; tells a site without it from a site that is no WordPress. */
  async function find(site: Site, signal?: AbortSignal): Promise<Answer<Found>> {
    const address = siteAddress(site.url);
    if (address === undefined) return { ok: false, failure: { reason: 'notWordPress', detail: '' } };
    const replies: Reply[] = [];
    for (const candidate of candidates(address)) {
      const { sent, url } = await follow(site, candidate.url, signal);
      if (!sent.ok) return sent;
      const { status, text } = sent.reply;
      const parsed = rootAnswer.safeParse(jsonOf(text));
      if (status === 200 && parsed.success && parsed.data.namespaces.includes('wp/v2')) {
        const { name, authentication } = parsed.data;
        const takesPasswords =
          typeof authentication === 'object' && JSON.stringify(authentication).includes('application-passwords');
        const companion = parsed.data.namespaces.includes('phonomaton/v1');
        const found = { root: { url, style: candidate.style }, name: unescapeHtml(name), takesPasswords, companion };
        known.set(site.url, found);
        return { ok: true, value: found };
      }
      // A site that asks everybody to sign in, or that is out of order, says so here already.
      if (status === 401 || status === 429 || status >= 500)
        return { ok: false, failure: failureOfReply(clean(site, sent.reply)) };
      replies.push(sent.reply);
    }
    const { sent } = await follow(site, `${address}/`, signal);
    if (!sent.ok) return sent;
    replies.push(sent.reply);
    const detail = detailOf(sent.reply.status, clean(site, sent.reply).text);
    return { ok: false, failure: { reason: replies.some(isWordPress) ? 'noRestApi' : 'notWordPress', detail } };
  }

  /** What is known of the site's REST; asked once, and again after it was not where it had been. */
  async function lookUp(site: Site, signal?: AbortSignal): Promise<Answer<Found>> {
    const cached = known.get(site.url);
    return cached ? { ok: true, value: cached } : find(site, signal);
  }

  async function request<T>(site: Site, ask: Request<T>): Promise<Answer<T>> {
    const found = await lookUp(site, ask.signal);
    if (!found.ok) return found;
    const json = ask.json === undefined ? undefined : JSON.stringify(ask.json);
    const body = ask.file?.bytes ?? json;
    const headers = {
      ...headersFor(site),
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...ask.file?.headers,
    };
    const timeoutMs = ask.file ? timeouts.uploadMs(ask.file.bytes.byteLength) : timeouts.answerMs;
    const url = routeUrl(found.value.root, ask.route, ask.query);
    const { method, signal } = ask;
    const sent = await send(fetch, { method, url, headers, timeoutMs, signal, ...(body !== undefined && { body }) });
    if (!sent.ok) return sent;
    const { status, text } = sent.reply;
    const parsed = ask.answer.safeParse(jsonOf(text));
    if (status >= 200 && status < 300 && parsed.success) return { ok: true, value: parsed.data };
    const failure = failureOfReply(clean(site, sent.reply));
    // The site may have moved; look again next time.
    if (failure.reason === 'noRestApi' || failure.reason === 'notWordPress') known.delete(site.url);
    const refused = refusal.safeParse(jsonOf(text));
    return { ok: false, failure, status, ...(refused.success && { refusal: refused.data }) };
  }

  return { find, lookUp, request };
}
export type Client = ReturnType<typeof createClient>;

function isWordPress(reply: Reply): boolean {
  if (reply.headers.get('link')?.includes('https://api.w.org/')) return true;
  if (refusal.safeParse(jsonOf(reply.text)).success) return true;
  return /wp-content|wp-includes|wp-json/.test(reply.text);
}

/** An answer without the password, should the site echo it. */
function clean(site: Site, reply: Reply): Reply {
  let { text } = reply;
  const bare = site.password.replaceAll(' ', '');
  const pair = Buffer.from(`${site.user}:${site.password}`, 'utf8').toString('base64');
  for (const secret of [site.password, bare, pair]) if (secret !== '') text = text.replaceAll(secret, '***');
  return { ...reply, text };
}
