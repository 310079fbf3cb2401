import { Buffer } from 'node:buffer';
import type { z } from 'zod';
import type { DeliveryReason } from '../../../../../shared/contract/delivery.ts';
import { withoutEnd } from '../../../../../shared/domain/ends.ts';
import { reachOf } from '../../../../../shared/domain/plain.ts';
import type { Failure, Site } from '../../kind.ts';
import { type Ask, type Reply, type Sent, send } from '../../network.ts';
import { candidates, type Query, type Root, routeUrl, siteAddress, trustedRedirect } from './address.ts';
import { type Refusal, refusal, root as rootAnswer, unescapeHtml } from './answers.ts';
import { jsonOf } from './noise.ts';
import { isPage, isWordPress } from './pages.ts';
import { onlySlash } from './redirects.ts';
import { type Asked, failureOfReply } from './refusals.ts';

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
  /** It has the first version of it alone, which is not listened to. */
  oldCompanion: boolean;
}

export type Answer<T> =
  | { ok: true; value: T }
  | {
      ok: false;
      failure: Failure;
      status?: number;
      refusal?: Refusal;
      /** Something answered, in words that are not WordPress': what was asked may have been done all the same. */
      unclear?: boolean;
    };

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
    // What a cache kept of a look-up would hide what is there, and a double would be made.
    return { authorization: `Basic ${pair}`, accept: 'application/json', 'cache-control': 'no-cache' };
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

  /**
   * Looks for REST, by a request that belongs to no delivery: what it fails with is the site's trouble. Tells a site
   * without REST from one that shuts it, and both from what is no WordPress.
   */
  async function find(site: Site, signal?: AbortSignal): Promise<Answer<Found>> {
    if (isUnsaid(site)) return neutral({ reason: 'plain', detail: '' });
    const address = siteAddress(site.url);
    if (address === undefined) return neutral({ reason: 'notWordPress', detail: '' });
    const replies: { reply: Reply; failure: Failure }[] = [];
    for (const candidate of candidates(address)) {
      const { sent, url } = await follow(site, candidate.url, signal);
      if (!sent.ok) return neutral(sent.failure);
      const reply = clean(site, sent.reply);
      const parsed = rootAnswer.safeParse(jsonOf(reply.text));
      if (reply.status === 200 && parsed.success && parsed.data.namespaces.includes('wp/v2')) {
        const { name, authentication } = parsed.data;
        const takesPasswords =
          typeof authentication === 'object' && JSON.stringify(authentication).includes('application-passwords');
        const companion = parsed.data.namespaces.includes('phonomaton/v2');
        const oldCompanion = !companion && parsed.data.namespaces.includes('phonomaton/v1');
        const slash = known.get(site.url)?.root.slash === true;
        const root: Root = { url, style: candidate.style, ...(slash && { slash }) };
        const found = { root, name: unescapeHtml(name), takesPasswords, companion, oldCompanion };
        known.set(site.url, found);
        return { ok: true, value: found };
      }
      const failure = failureOfReply(reply, { url, site: address, root: true });
      // A site that asks everybody to sign in, or that is out of order, says so here already.
      if (reply.status === 401 || reply.status === 429 || reply.status >= 500) return neutral(failure);
      replies.push({ reply, failure });
    }
    const { sent, url } = await follow(site, `${address}/`, signal);
    if (!sent.ok) return neutral(sent.failure);
    const home = clean(site, sent.reply);
    replies.push({ reply: home, failure: failureOfReply(home, { url, site: address, root: true }) });
    const told = replies.find(({ failure }) => failure.reason !== 'garbled' && failure.reason !== 'noRestApi');
    if (told !== undefined) return neutral(told.failure);
    const { detail } = failureOfReply(home);
    const refused = replies.some(({ reply }) => refusal.safeParse(jsonOf(reply.text)).success || isWordPress(reply));
    if (refused) return neutral({ reason: 'noRestApi', detail });
    // A page for whatever is asked, of a site that is no WordPress: so answers the Wi-Fi of a hall before its sign-in.
    const first = replies[0]?.reply;
    const anything = first !== undefined && first.status === 200 && isPage(first.text);
    return neutral({ reason: anything ? 'portal' : 'notWordPress', detail });
  }

  /** What is known of the site's REST; asked once, and again after it was not where it had been. */
  async function lookUp(site: Site, signal?: AbortSignal): Promise<Answer<Found>> {
    const cached = isUnsaid(site) ? undefined : known.get(site.url);
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
    const { method, signal } = ask;
    const sendTo = async (root: Root) => {
      const url = routeUrl(root, ask.route, ask.query);
      const init = { method, url, headers, timeoutMs, signal, ...(body !== undefined && { body }) };
      return { url, sent: await send(fetch, init) };
    };
    let { url, sent } = await sendTo(found.value.root);
    if (sent.ok && redirects(sent.reply) && onlySlash(url, sent.reply.headers.get('location'))) {
      // The same address on the same server: what was redirected was not carried out, so it may be sent again.
      const root = { ...found.value.root, slash: !found.value.root.slash };
      ({ url, sent } = await sendTo(root));
      if (sent.ok && !redirects(sent.reply)) known.set(site.url, { ...found.value, root });
    }
    if (!sent.ok) return sent;
    const reply = clean(site, sent.reply);
    const value = jsonOf(sent.reply.text);
    const parsed = ask.answer.safeParse(value);
    const { status } = reply;
    if (status >= 200 && status < 300 && parsed.success) return { ok: true, value: parsed.data };
    const address = siteAddress(site.url) ?? site.url;
    const asked: Asked = { url, site: address, takesPasswords: found.value.takesPasswords };
    const failure = failureOfReply(reply, asked);
    // The site may have moved; look again next time.
    if (forgets.has(failure.reason)) known.delete(site.url);
    const refused = refusal.safeParse(value);
    return { ok: false, failure, status, ...(refused.success ? { refusal: refused.data } : { unclear: true }) };
  }

  /** What the site answers at XML-RPC, WordPress' door of before REST; undefined when nothing comes back from there. */
  async function oldDoor(site: Site, xml: string, signal?: AbortSignal): Promise<string | undefined> {
    const found = await lookUp(site, signal);
    if (!found.ok) return undefined;
    const home = withoutEnd(found.value.root.url.split('?', 1)[0] ?? '', '/').replace(/\/wp-json$/, '');
    const sent = await send(fetch, {
      method: 'POST',
      url: `${withoutEnd(home, '/')}/xmlrpc.php`,
      headers: { 'content-type': 'text/xml; charset=utf-8' },
      body: xml,
      timeoutMs: timeouts.answerMs,
      signal,
    });
    return sent.ok && sent.reply.status === 200 ? sent.reply.text : undefined;
  }

  return { find, lookUp, request, oldDoor };
}
export type Client = ReturnType<typeof createClient>;

/** Nobody has said that the password may go to this site in clear text. */
function isUnsaid({ url, plainAccepted }: Site): boolean {
  const reach = reachOf(url);
  return reach !== 'encrypted' && reach !== 'own' && plainAccepted !== true;
}

function neutral(failure: Failure): { ok: false; failure: Failure } {
  return { ok: false, failure: { ...failure, neutral: true } };
}

function redirects({ status }: Reply): boolean {
  return status >= 300 && status < 400;
}

/** After these REST may not be where it was. */
const forgets = new Set<DeliveryReason>([
  'noRestApi',
  'garbled',
  'redirected',
  'restClosed',
  'portal',
  'notRecognised',
]);

/** An answer without the password, should the site echo it. */
function clean(site: Site, reply: Reply): Reply {
  let { text } = reply;
  const bare = site.password.replaceAll(' ', '');
  const pair = Buffer.from(`${site.user}:${site.password}`, 'utf8').toString('base64');
  for (const secret of [site.password, bare, pair]) if (secret !== '') text = text.replaceAll(secret, '***');
  return { ...reply, text };
}
