/** What of a request as it came in is looked at before anything else. */
export interface Incoming {
  rawHeaders: readonly string[];
}

/**
 * Whether a request names its host once. Of several the platform keeps the first; another program on the way may go by the
 * last, and then what it checked is not what is answered (RFC 9112, section 3.2: 400).
 */
export function namesOneHost({ rawHeaders }: Incoming): boolean {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) if (rawHeaders[at]?.toLowerCase() === 'host') hosts += 1;
  return hosts <= 1;
}
export const twoHosts = () => new Response('one host, please', { status: 400 });
