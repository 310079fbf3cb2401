import type { Failure } from './kind.ts';

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
}

export interface Ask {
  method: 'GET' | 'POST' | 'DELETE';
  url: string;
  headers: Record<string, string>;
  body?: Uint8Array<ArrayBuffer> | string;
  /** Milliseconds for the whole exchange, the answer's body included. */
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

export type Sent = { ok: true; reply: Reply } | { ok: false; failure: Failure };

/** Longest answer read, in bytes. Asked for few fields, a site answers far less. */
const longestAnswer = 4_000_000;

/** Nothing left this machine, or nothing came back from the other end: the site cannot have done anything. */
const unreached = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** The certificate names another site: what a hall's sign-in page looks like over TLS. */
const otherName = new Set(['ERR_TLS_CERT_ALTNAME_INVALID']);

/**
 * Sends one request without following redirects. Every failure of the way there is told as a `Failure`; it rejects
 * only when `ask.signal` aborts.
 */
export async function send(fetch: typeof globalThis.fetch, ask: Ask): Promise<Sent> {
  const timeout = AbortSignal.timeout(Math.ceil(ask.timeoutMs));
  const signal = ask.signal ? AbortSignal.any([ask.signal, timeout]) : timeout;
  const { method, headers } = ask;
  try {
    const init: RequestInit = { method, headers, redirect: 'manual', signal };
    const response = await fetch(ask.url, ask.body === undefined ? init : { ...init, body: ask.body });
    const text = await readText(response);
    if (text === undefined) return lost({ reason: 'garbled', detail: 'endless answer' });
    return { ok: true, reply: { status: response.status, headers: response.headers, text } };
  } catch (error) {
    if (ask.signal?.aborted) throw error;
    if (timeout.aborted || nameOf(error) === 'TimeoutError') return lost({ reason: 'slow', detail: '' });
    return lost(failureOf(error));
  }
}

function lost(failure: Failure): Sent {
  return { ok: false, failure };
}

/** What an error of fetch means. Only codes are shown: messages may hold addresses. */
export function failureOf(error: unknown): Failure {
  const code = codeOf(error);
  if (code === 'ERR_PLAIN_TO_PUBLIC') return { reason: 'plain', detail: '' };
  if (unreached.has(code)) return { reason: 'offline', detail: code };
  if (otherName.has(code)) return { reason: 'portal', detail: code };
  if (/CERT|SIGNED|TLS|SSL/.test(code)) return { reason: 'siteError', detail: code };
  // Cut after it was sent: the site may have done it. A link that cuts every time has to show some day, so it counts.
  return { reason: 'offline', effect: 'retry', detail: code };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

/** The code of an error or of what caused it (fetch wraps the real one; several addresses make an AggregateError). */
function codeOf(error: unknown, depth = 0): string {
  if (!(error instanceof Error) || depth > 4) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0], depth + 1);
  return codeOf(error.cause, depth + 1);
}

/** The body as text, or undefined when it is longer than any honest answer. */
async function readText(response: Response): Promise<string | undefined> {
  if (response.body === null) return '';
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body) {
    length += part.byteLength;
    if (length > longestAnswer) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
