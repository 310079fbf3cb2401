import { Buffer } from 'node:buffer';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What may happen to a request:
 * - `lose`: the site gets and answers it, and the answer is lost on the way back;
 * - `cut`: the connection breaks in the middle of the request's body;
 * - `401`, `413`, `500`: something in front of the site refuses, in HTML;
 * - `slow`: the site gets and answers it, and the answer never comes within the client's patience.
 */
export const faults = ['lose', 'cut', '401', '413', '500', 'slow'] as const;
export type Fault = (typeof faults)[number];

export interface Seen {
  method: string;
  /** Path with query, as the client asked. */
  path: string;
  body: Buffer;
}

export interface Script {
  /** What happens to this request; undefined lets it through. */
  fault?: Fault | undefined;
  /** Called once the site has answered (or would have), before anything goes back to the client. */
  answered?: (() => void) | undefined;
}

export interface FaultProxy {
  url: string;
  close(): Promise<void>;
}

/** A proxy on loopback in front of `target`; `script` is asked for every request. */
export async function startFaultProxy(target: string, script: (seen: Seen) => Script): Promise<FaultProxy> {
  const site = new URL(target);

  async function handle(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = await readAll(asked);
    const { method = 'GET', url: path = '/' } = asked;
    const { fault, answered } = script({ method, path, body });
    if (fault === '401' || fault === '413' || fault === '500') {
      answered?.();
      answer.writeHead(Number(fault), { 'content-type': 'text/html' });
      answer.end(`<!doctype html><html><head><title>${fault}</title></head><body><h1>${fault}</h1></body></html>`);
      return;
    }
    const cut = fault === 'cut' ? Math.floor(body.length / 2) : undefined;
    const reply = await forward(site, asked, body, cut);
    answered?.();
    if (fault === 'slow') {
      // For as long as the client has patience.
      await new Promise((resolve) => asked.socket.once('close', resolve));
      return;
    }
    if (reply === undefined || fault === 'lose') {
      asked.socket.destroy();
      return;
    }
    answer.writeHead(reply.status, reply.headers);
    answer.end(reply.body);
  }

  const server = createServer((asked, answer) => {
    // A client that is killed takes its connection with it.
    handle(asked, answer).catch(() => asked.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Reply {
  status: number;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

/** The site's answer, or undefined when the body was cut after `cut` bytes. */
export function forward(
  site: URL,
  asked: IncomingMessage,
  body: Buffer,
  cut: number | undefined,
): Promise<Reply | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { ...asked.headers, host: site.host, connection: 'close' };
    const onward = request(
      { host: site.hostname, port: site.port, method: asked.method, path: asked.url, headers },
      (back) => {
        const { statusCode = 502, headers: given } = back;
        readAll(back).then((text) => resolve({ status: statusCode, headers: given, body: text }), reject);
      },
    );
    onward.on('error', (error) => (cut === undefined ? reject(error) : resolve(undefined)));
    if (cut === undefined) onward.end(body);
    else onward.write(body.subarray(0, cut), () => onward.destroy());
  });
}

export async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part as Uint8Array));
  return Buffer.concat(parts);
}
