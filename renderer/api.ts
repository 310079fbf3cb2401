import { createORPCClient, isDefinedError, safe } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../shared/contract/index.ts';
import { timeHeader } from '../shared/domain/clock.ts';
import type { BoothTime } from './booth-time.ts';

/** Every call of the contract, typed; nothing but its types reaches the page's bundle. */
export type Api = ContractRouterClient<Contract>;

export interface ApiOptions {
  /** Address of the door, without a slash at its end; the page's own origin when left out. */
  base?: string;
  /** The staff session's token, asked for at every call; none for a visitor. */
  session?: () => string | undefined;
  /** Seconds since somebody last touched the page; told to the studio beside the session. */
  idle?: () => number;
  fetch?: typeof globalThis.fetch;
  /** Hears the booth's time with every answer. */
  time?: Pick<BoothTime, 'heard'>;
}

/** `apiPrefix` of the contract, repeated as a type so that it cannot drift and the schemas stay out of the bundle. */
const prefix: typeof import('../shared/contract/index.ts')['apiPrefix'] = '/api';
/** Likewise `idleHeader`. */
const idleName: typeof import('../shared/contract/staff.ts')['idleHeader'] = 'x-desk-idle';

/**
 * The client for the one door. A call that cannot reach it rejects with a `TypeError`; an expected error of the
 * contract rejects with one that `expected` recognises.
 */
export function createApi(options: ApiOptions = {}): Api {
  const send = options.fetch ?? globalThis.fetch.bind(globalThis);
  const link = new RPCLink({
    url: `${options.base ?? globalThis.location.origin}${prefix}`,
    async fetch(request, init) {
      const answer = await send(request, init);
      options.time?.heard(answer.headers.get(timeHeader));
      return answer;
    },
    headers: () => staffHeaders(options),
  });
  return createORPCClient<Api>(link);
}

/** What says who asks, on every request; nothing for a visitor. */
export function staffHeaders({ session, idle }: Pick<ApiOptions, 'session' | 'idle'>): Record<string, string> {
  const token = session?.();
  if (token === undefined) return {};
  return { authorization: `Bearer ${token}`, [idleName]: String(idle?.() ?? 0) };
}

/** One of the contract's typed errors (`error.code`, `error.data`), as against a broken line or a fault. */
export const expected = isDefinedError;

/** Makes a call's outcome a value, so that its typed errors are: `const { error, data, isDefined } = await settled(api.…)`. */
export const settled = safe;
