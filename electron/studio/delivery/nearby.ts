import { lookup } from 'node:dns/promises';
import { reachOf, reachOfAddress } from '../../../shared/domain/plain.ts';

/** A password would go over the internet in clear text. */
export class PlainToPublic extends Error {
  override readonly name = 'PlainToPublic';
  readonly code = 'ERR_PLAIN_TO_PUBLIC';
}

export type LookUp = (host: string) => Promise<readonly { address: string }[]>;
const everywhere: LookUp = (host) => lookup(host, { all: true, verbatim: true });

/**
 * A fetch that asks nothing in clear text outside the network one stands in: a name is looked up before every request, and
 * all it leads to has to be near. The platform looks it up once more by itself; whoever answers names differently within that
 * moment stands in the network already, where clear text is read anyway. Rejects with PlainToPublic, or as the look-up does.
 */
export function nearby(fetch: typeof globalThis.fetch, look: LookUp = everywhere): typeof globalThis.fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    const reach = reachOf(url.href);
    if (reach === 'encrypted' || reach === 'own') return fetch(input, init);
    const name = url.hostname.replace(/^\[|\]$/g, '');
    const literal = /^[\d.]+$/.test(name) || name.includes(':');
    if (literal) {
      if (reach === 'public') throw new PlainToPublic();
      return fetch(input, init);
    }
    const found = await look(name);
    const [first] = found;
    if (first === undefined || found.some(({ address }) => reachOfAddress(address) === 'public')) {
      throw new PlainToPublic();
    }
    return fetch(input, init);
  };
}
