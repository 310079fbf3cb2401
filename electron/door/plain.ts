/** The server's own lazy requests are no Request to the platform, which refuses to copy them; this is one. */
export function plain({ url, method, headers, body, signal }: Request): Request {
  return new Request(url, { method, headers, body, signal, ...(body ? { duplex: 'half' } : {}) });
}
