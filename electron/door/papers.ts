import { Readable } from 'node:stream';
import type { Studio } from '../studio/studio.ts';
import { lasting } from './lasting.ts';

/** `/papers/{which}/{portrait}.html`, and nothing that could be a path. */
const address = /^\/papers\/(preuve|dossier)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.html$/;

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  // A paper has everything in it: it runs nothing and fetches nothing.
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; media-src data:; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

/** The pages about a person's authorisation. Their addresses are signed like a sound's, so only staff has one. */
export function answerPaper(
  consent: Studio['consent'],
  request: Request,
  url: URL,
  alive: (url: URL) => AbortSignal | undefined,
): Response {
  if (request.method !== 'GET') return new Response(null, { status: 405, headers: { allow: 'GET' } });
  const [, which, id] = address.exec(url.pathname) ?? [];
  if (which === undefined || id === undefined) return new Response('not found', { status: 404 });
  const session = alive(url);
  if (session === undefined) return new Response('not allowed', { status: 403 });
  if (which === 'preuve') {
    const page = consent.papers.evidence(id);
    return page === undefined ? new Response('not found', { status: 404 }) : new Response(page, { headers });
  }
  const pieces = consent.papers.dossier(id);
  if (pieces === undefined) return new Response('not found', { status: 404 });
  const name = `tout-ce-que-nous-gardons-${id.slice(0, 8)}.html`;
  const body = Readable.toWeb(Readable.from(encoded(pieces), { objectMode: false })) as ReadableStream<Uint8Array>;
  return new Response(lasting(body, session), {
    headers: { ...headers, 'content-disposition': `attachment; filename="${name}"` },
  });
}

async function* encoded(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const piece of pieces) yield encoder.encode(piece);
}
