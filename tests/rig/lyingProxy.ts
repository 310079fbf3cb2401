import type { Buffer } from 'node:buffer';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { forward, readAll, type Seen } from './faultProxy.ts';

/**
 * Answers that are not what was asked for. Of each, `done`: whether the site does what it was asked meanwhile.
 * - `noise`: notices around the right answer; `cut`: the right answer, without its end (both done)
 * - `challenge`, `lock`, `forbidden`, `maintenance`, `closed`: something in front of the site answers instead
 * - `redirect`, `home`: to another name of the site, to its home page
 * - `weather`: somebody else's data; `another`: another thing's answer, of the same shape (done)
 * - `claimed`: said to be done, and is not
 */
export const lies = [
  'noise',
  'challenge',
  'redirect',
  'cut',
  'weather',
  'claimed',
  'lock',
  'another',
  'home',
  'forbidden',
  'maintenance',
  'closed',
] as const;
export type Lie = (typeof lies)[number];

const page = (title: string) => `<!DOCTYPE html><html><head><title>${title}</title></head><body>${title}</body></html>`;
const html = { 'content-type': 'text/html' };
const notice = '<br />\n<b>Warning</b>:  Undefined array key "x" [0] in <b>/www/seo.php</b> on line <b>3</b><br />\n';

/** A proxy on loopback in front of `target` that tells the truth unless `script` says otherwise. */
export async function startLyingProxy(target: string, script: (seen: Seen) => Lie | undefined) {
  const site = new URL(target);

  async function handle(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = await readAll(asked);
    const { method = 'GET', url: path = '/' } = asked;
    const say = (status: number, headers: Record<string, string>, text: string | Buffer) => {
      answer.writeHead(status, headers);
      answer.end(text);
    };
    const lie = script({ method, path, body });
    const json = { 'content-type': 'application/json' };
    switch (lie) {
      case 'challenge':
        return say(403, { ...html, 'cf-mitigated': 'challenge' }, page('Just a moment...'));
      case 'lock':
        return say(401, { ...html, 'www-authenticate': 'Basic realm="x"' }, page('401 Unauthorized'));
      case 'forbidden':
        return say(403, html, page('403 Forbidden'));
      case 'maintenance':
        return say(503, { ...html, 'retry-after': '0' }, page('Maintenance'));
      case 'closed':
        return say(401, json, '{"code":"rest_cannot_access","message":"No.","data":{"status":401}}');
      case 'redirect':
        return say(301, { location: `http://www.127.0.0.1.invalid${path}` }, '');
      case 'home':
        return say(302, { location: '/' }, '');
      case 'weather':
        return say(200, json, '{"weather":"rain","wind":[4,5]}');
      case 'claimed':
        return say(method === 'POST' ? 201 : 200, json, claim(method, path));
      default:
    }
    const reply = await forward(site, asked, body, undefined);
    if (reply === undefined) return void asked.socket.destroy();
    const { 'content-length': _, ...headers } = reply.headers;
    const text = reply.body.toString('utf8');
    const spoilt = spoil(lie, text);
    answer.writeHead(reply.status, spoilt === undefined ? reply.headers : headers);
    answer.end(spoilt ?? reply.body);
  }

  const server = createServer((asked, answer) => {
    handle(asked, answer).catch(() => asked.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function spoil(lie: Lie | undefined, text: string): string | undefined {
  if (lie === 'noise') return `\uFEFF${notice}${text}\n<!-- cached by {"nobody":[1,2]} -->`;
  if (lie === 'cut') return text.slice(0, Math.floor(text.length * 0.8));
  if (lie === 'another') return text.replaceAll(/"id":(\d+)/g, '"id":1$1').replaceAll('portrait-', 'recette-');
  return undefined;
}

/** What WordPress would say, had it done it. */
function claim(method: string, path: string): string {
  const slug = /slug=(portrait-[\da-f-]{36})/.exec(path)?.[1] ?? 'portrait-unknown';
  const id = Number(/\/posts\/(\d+)/.exec(path)?.[1] ?? 987_654);
  if (method === 'GET') return '[]';
  if (path.includes('/media')) {
    return JSON.stringify({ id, slug, source_url: 'http://127.0.0.1/x.mp3', media_details: {} });
  }
  return JSON.stringify({ id, name: 'x', slug, status: 'publish', link: 'http://127.0.0.1/x/' });
}
