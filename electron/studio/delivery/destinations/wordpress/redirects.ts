import type { DeliveryReason } from '../../../../../shared/contract/delivery.ts';
import type { BetterAddress } from '../../../../../shared/domain/delivery.ts';
import { withoutEnd } from '../../../../../shared/domain/ends.ts';

export interface Redirect {
  reason: Extract<DeliveryReason, 'redirected' | 'restClosed' | 'portal'>;
  /** Both addresses, without their queries. */
  detail: string;
  /** The site's own address as the redirect has it, where it leads to the same place on another one. */
  better?: BetterAddress;
}

/**
 * What a redirect of `asked` means, a request below the site's address `site`. To the same route elsewhere: the site is
 * known under another name. To another server over plain http: a hall's sign-in page answers in its place. To another
 * page of the site: its REST is shut, and visitors are shown the way out.
 */
export function meaningOfRedirect(site: string, asked: string, location: string | null): Redirect {
  if (location === null || !URL.canParse(location, asked)) return { reason: 'redirected', detail: plain(asked) };
  const from = new URL(asked);
  const to = new URL(location, asked);
  const detail = `${plain(asked)} → ${plain(to.href)}`;
  const other = sameRoute(site, from, to);
  if (other !== undefined) {
    return { reason: 'redirected', detail, ...(other !== site && { better: { from: site, to: other } }) };
  }
  const foreign = bareHost(from) !== bareHost(to);
  if (foreign) return { reason: from.protocol === 'http:' ? 'portal' : 'redirected', detail };
  return { reason: from.protocol === to.protocol ? 'restClosed' : 'redirected', detail };
}

/** Whether a redirect only puts a slash behind the same address, or takes it away. */
export function onlySlash(asked: string, location: string | null): boolean {
  if (location === null || !URL.canParse(location, asked)) return false;
  const [from, to] = [new URL(asked), new URL(location, asked)];
  return from.origin === to.origin && from.pathname !== to.pathname && trimmed(from.pathname) === trimmed(to.pathname);
}

/** The site's address that `to` has, when it leads to the route that was asked for. */
function sameRoute(site: string, from: URL, to: URL): string | undefined {
  const path = to.pathname;
  if (from.searchParams.has('rest_route')) {
    const same = to.searchParams.get('rest_route') === from.searchParams.get('rest_route');
    return same ? `${to.origin}${trimmed(path)}` : undefined;
  }
  const tail = trimmed(from.pathname.slice(trimmed(new URL(site).pathname).length));
  if (tail === '' || !trimmed(path).endsWith(tail)) return undefined;
  return `${to.origin}${trimmed(trimmed(path).slice(0, -tail.length))}`;
}

const trimmed = (path: string) => withoutEnd(path, '/');
const bareHost = ({ hostname }: URL) => hostname.replace(/^www\./, '');

function plain(address: string): string {
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname}`.slice(0, 90);
}
