import { withoutEnd } from '../../../../../shared/domain/ends.ts';

/** How REST is reached on a site: `/wp-json/…`, or `?rest_route=/…` where permalinks are plain. */
export interface Root {
  url: string;
  style: 'pretty' | 'plain';
  /** The site wants a slash behind every address, and redirects what has none. */
  slash?: boolean;
}

export type Query = Record<string, string>;

/** The site's own address without what people paste along: sign-in and admin pages, REST, queries, accounts. */
export function siteAddress(pasted: string): string | undefined {
  if (!URL.canParse(pasted)) return undefined;
  const url = new URL(pasted);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  return `${url.origin}${withoutEnd(beforeWordPress(url.pathname), '/')}`;
}

/** What WordPress answers at by itself: everything from there on is a page of the site, and not where it lies. */
const ownPages = new Set(['wp-admin', 'wp-login.php', 'wp-json', 'index.php', 'xmlrpc.php']);

function beforeWordPress(path: string): string {
  const parts = path.split('/');
  const at = parts.findIndex((part) => ownPages.has(part));
  return at < 0 ? path : parts.slice(0, at).join('/');
}

/** Where REST may be, in the order to try. */
export function candidates(site: string): Root[] {
  return [
    { url: `${site}/wp-json/`, style: 'pretty' },
    { url: `${site}/?rest_route=/`, style: 'plain' },
  ];
}

/** The address of a route such as `wp/v2/posts`. */
export function routeUrl(root: Root, route: string, query: Query = {}): string {
  const url = new URL(root.url);
  if (root.style === 'plain') url.searchParams.set('rest_route', `/${route}`);
  else url.pathname = `${withoutEnd(url.pathname, '/')}/${route}${root.slash ? '/' : ''}`;
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}

/**
 * Where a redirect may lead without the password going astray: the same host (with or without `www.`), never from TLS
 * to plain text. Undefined for anywhere else.
 */
export function trustedRedirect(from: string, location: string | null): string | undefined {
  if (location === null || !URL.canParse(location, from)) return undefined;
  const before = new URL(from);
  const after = new URL(location, from);
  const bare = (host: string) => host.replace(/^www\./, '');
  if (bare(before.hostname) !== bare(after.hostname)) return undefined;
  const upgraded = before.protocol === 'http:' && after.protocol === 'https:';
  if (before.protocol !== after.protocol && !upgraded) return undefined;
  // Another port is another server; only the step from http to https changes it by itself.
  if (before.port !== after.port && !upgraded) return undefined;
  return after.href;
}
