import type { Heard } from './witnesses.ts';

/** The time a site's answer gives, with the age of an answer that a cache kept (RFC 9110, 6.6.1; RFC 9111, 5.1). */
export function timeOf(response: Pick<Response, 'headers'>): number {
  const at = Date.parse(response.headers.get('date') ?? '');
  const age = Number(response.headers.get('age') ?? 0);
  return at + (Number.isFinite(age) ? age * 1000 : 0);
}

/** The same `fetch`, which tells what time sites give on the way. It changes no answer and fails as it did. */
export function listening(fetch: typeof globalThis.fetch, heard: (what: Heard) => void): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    const at = timeOf(response);
    if (!Number.isNaN(at)) {
      const { hostname, protocol } = new URL(input instanceof Request ? input.url : String(input));
      heard({ host: hostname, at, secure: protocol === 'https:' });
    }
    return response;
  };
}
