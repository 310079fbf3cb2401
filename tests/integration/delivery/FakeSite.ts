import { createHash } from 'node:crypto';

/**
 * What befalls one request to the fake site. `done` tells whether the site does what it was asked:
 * - `lost`, `slow`: done, without an answer; `unheard`: not done, without an answer in time
 * - `refused`: nobody listens; `cut`: half a body arrives, then the connection breaks
 * - `late`: no answer in time, and done only after two further requests; `veryLate`: after five, when the site was asked
 *   how it is and the request was sent again
 * - `login`: the site itself refuses the password
 * - `redirect`: what is sent is redirected to the same route on `www.`
 * - the others: something in front of the site answers
 */
export const siteFaults = [
  'lost',
  'slow',
  'unheard',
  'refused',
  'cut',
  'late',
  '401',
  '413',
  '500',
  '503',
  'signIn',
  'login',
] as const;
export type SiteFault = (typeof siteFaults)[number] | 'veryLate' | 'redirect';

interface Item {
  id: number;
  slug: string;
}
export interface FakeMedia extends Item {
  bytes: Buffer;
  title: string;
}
export interface FakePost extends Item {
  status: string;
  title: string;
  content: string;
  tags: number[];
}

/** The companion on a fake site, as far as the booth sees it; what it tells is whatever a test puts there. */
export interface FakeCompanion {
  /** Rows as they are told: a test may tell anything. */
  told: unknown[];
  /** Names of rows the booth has acknowledged; a row with this `ref` is told no more. */
  heard: string[];
  declared: { portrait: string; post: number }[];
  /** Looked at before a row is let go. */
  onHeard?: (ref: string) => void;
}

/** As much of WordPress' REST API as a delivery uses, in memory; its `fetch` stands in for the real one. */
export function createFakeSite(
  next: (method: string, path: string) => SiteFault | undefined = () => undefined,
  { companion, home = 'https://site.test' }: { companion?: FakeCompanion; home?: string } = {},
) {
  const media: FakeMedia[] = [];
  const posts: FakePost[] = [];
  const tags: { id: number; name: string }[] = [];
  const late: { after: number; apply: () => void }[] = [];
  const seen = { requests: 0, atOnce: 0, mostAtOnce: 0, removed: 0 };
  let ids = 0;

  /** As WordPress names a second thing of the same name. */
  function unique(wanted: string, among: Item[]): string {
    let slug = wanted;
    for (let n = 2; among.some((item) => item.slug === slug); n++) slug = `${wanted}-${n}`;
    return slug;
  }

  const shownMedia = (item: FakeMedia) => ({
    id: item.id,
    slug: item.slug,
    source_url: `${home}/uploads/${item.id}.mp3`,
    media_details: { filesize: item.bytes.length },
  });
  const shownPost = ({ id, slug, status }: FakePost) => ({ id, slug, status, link: `${home}/${slug}/` });

  function pick<T extends Item>(all: T[], query: URLSearchParams): T[] {
    const slugs = (query.get('slug') ?? '').split(',');
    return all.filter((item) => slugs.includes(item.slug));
  }
  function drop(all: Item[], id: number): Response {
    const index = all.findIndex((item) => item.id === id);
    if (index < 0) return refusal(404, 'rest_post_invalid_id');
    all.splice(index, 1);
    seen.removed += 1;
    return json(200, { deleted: true });
  }

  function upload(query: URLSearchParams, headers: Headers, bytes: Buffer): Response {
    if (headers.get('content-md5') !== createHash('md5').update(bytes).digest('hex')) {
      return refusal(412, 'rest_upload_hash_mismatch');
    }
    const slug = unique(query.get('slug') ?? '', media);
    const item = { id: ++ids, slug, bytes, title: query.get('title') ?? '' };
    media.push(item);
    return json(201, shownMedia(item));
  }

  function writePost(id: number | undefined, given: Partial<FakePost>): Response {
    let post = posts.find((candidate) => candidate.id === id);
    if (id !== undefined && post === undefined) return refusal(404, 'rest_post_invalid_id');
    if (post === undefined) {
      post = { id: ++ids, slug: unique(given.slug ?? '', posts), status: 'draft', title: '', content: '', tags: [] };
      posts.push(post);
    }
    const others = posts.filter((candidate) => candidate !== post);
    Object.assign(post, given, given.slug === undefined ? {} : { slug: unique(given.slug, others) });
    return json(200, shownPost(post));
  }

  function writeTag(name: string): Response {
    const known = tags.find((tag) => tag.name.toLowerCase() === name.toLowerCase());
    if (known) return json(400, { code: 'term_exists', message: 'There.', data: { status: 400, term_id: known.id } });
    tags.push({ id: ++ids, name });
    return json(201, { id: ids });
  }

  function answerCompanion(known: FakeCompanion, method: string, url: URL, body: Buffer): Response {
    const [area, name = ''] = url.pathname.replace('/wp-json/phonomaton/v2/', '').split('/');
    const refOf = (row: unknown) => (row as { ref?: unknown } | null)?.ref;
    if (area === 'booth') return json(200, { booth: true });
    if (area === 'portraits' && method === 'GET') return json(200, { portraits: known.declared, next: null });
    if (area === 'portraits') {
      known.declared.push({ portrait: name, post: JSON.parse(body.toString('utf8')).post });
      return json(200, { portrait: name });
    }
    if (method === 'GET') return json(200, { withdrawals: known.told, next: null });
    known.onHeard?.(name);
    known.heard.push(name);
    known.told = known.told.filter((row) => refOf(row) !== name);
    return json(200, { deleted: true });
  }

  function answer(method: string, url: URL, headers: Headers, body: Buffer): Response {
    if (companion && url.pathname.startsWith('/wp-json/phonomaton/')) {
      return answerCompanion(companion, method, url, body);
    }
    const [, area, id] = /^\/wp-json\/(?:wp\/v2\/)?(\w+)?(?:\/(\w+))?/.exec(url.pathname) ?? [];
    const number = id === undefined ? undefined : Number(id);
    const data = () => JSON.parse(body.toString('utf8'));
    if (area === undefined) {
      const authentication = { 'application-passwords': {} };
      const namespaces = companion ? ['wp/v2', 'phonomaton/v2'] : ['wp/v2'];
      return json(200, { name: 'Site', namespaces, authentication });
    }
    if (area === 'users') {
      const capabilities = { upload_files: true, edit_posts: true, publish_posts: true };
      return json(200, { id: 1, name: 'kiosk', capabilities });
    }
    if (area === 'media' && method === 'GET') return json(200, pick(media, url.searchParams).map(shownMedia));
    if (area === 'media' && method === 'POST') return upload(url.searchParams, headers, body);
    if (area === 'media') return drop(media, Number(number));
    if (area === 'posts' && method === 'GET') return json(200, pick(posts, url.searchParams).map(shownPost));
    if (area === 'posts' && method === 'POST') return writePost(number, data());
    if (area === 'posts') return drop(posts, Number(number));
    if (area === 'tags' && method === 'GET') return json(200, tags);
    if (area === 'tags') return writeTag(data().name);
    return refusal(404, 'rest_no_route');
  }

  async function respond(input: URL, init: RequestInit): Promise<Response> {
    const { method = 'GET' } = init;
    const headers = new Headers(init.headers);
    const body = Buffer.from((init.body as Uint8Array | string | undefined) ?? '');
    const act = (arrived = body) => answer(method, input, headers, arrived);
    seen.requests += 1;
    for (const waiting of late.splice(0)) {
      if (waiting.after <= 0) waiting.apply();
      else late.push({ ...waiting, after: waiting.after - 1 });
    }
    const fault = next(method, input.pathname);
    switch (fault) {
      case undefined:
        return act();
      case 'lost':
        act();
        throw broken('UND_ERR_SOCKET');
      case 'slow':
        act();
        throw tooSlow();
      case 'unheard':
        throw tooSlow();
      case 'refused':
        throw broken('ECONNREFUSED');
      case 'cut':
        // A cut JSON body is no JSON; only a file could pass for a whole one.
        if (method === 'POST' && input.pathname.endsWith('/media')) act(body.subarray(0, body.length / 2));
        throw broken('ECONNRESET');
      case 'late':
      case 'veryLate':
        late.push({ after: fault === 'late' ? 2 : 5, apply: act });
        throw tooSlow();
      case '401':
        return html(401);
      case '413':
        return html(413);
      case '500':
        return html(500);
      case '503':
        return html(503, { 'retry-after': '0' });
      case 'signIn':
        return html(200);
      case 'redirect': {
        const location = input.href.replace('https://site.test', 'https://www.site.test');
        const moved = method === 'POST' && location !== input.href;
        return moved ? new Response(null, { status: 301, headers: { location } }) : act();
      }
      case 'login':
        return refusal(401, 'incorrect_password');
    }
  }

  const fetch = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    if (input instanceof Request) throw new TypeError('a plain address is expected');
    seen.atOnce += 1;
    seen.mostAtOnce = Math.max(seen.mostAtOnce, seen.atOnce);
    try {
      await new Promise(setImmediate);
      init.signal?.throwIfAborted();
      return await respond(new URL(input), init);
    } finally {
      seen.atOnce -= 1;
    }
  };
  return { url: home, fetch, media, posts, tags, seen };
}
export type FakeSite = ReturnType<typeof createFakeSite>;

function json(status: number, value: unknown): Response {
  return new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json' } });
}
function refusal(status: number, code: string): Response {
  return json(status, { code, message: code, data: { status } });
}
function html(status: number, headers: Record<string, string> = {}): Response {
  return new Response(`<html><h1>${status}</h1></html>`, {
    status,
    headers: { 'content-type': 'text/html', ...headers },
  });
}
/** As fetch tells of a broken connection. */
function broken(code: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
}
function tooSlow(): DOMException {
  return new DOMException('The operation was aborted due to timeout', 'TimeoutError');
}
