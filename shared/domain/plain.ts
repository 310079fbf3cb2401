/** How far a password goes over an address without encryption; `near`: no further than the network one stands in. */
export type Reach = 'encrypted' | 'own' | 'near' | 'public';

const hextets = (address: string) => address.split(':');

/** Whether an address is this machine's own (`own`), of the network one stands in (`near`), or anywhere (`public`). */
export function reachOfAddress(address: string): Exclude<Reach, 'encrypted'> {
  // What follows a percent sign names the interface.
  const [bare = ''] = address
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .split('%');
  const mapped = /^::ffff:(?:(\d+\.\d+\.\d+\.\d+)|([0-9a-f]{1,4}):([0-9a-f]{1,4}))$/.exec(bare);
  if (mapped) {
    const [high, low] = [Number.parseInt(mapped[2] ?? '0', 16), Number.parseInt(mapped[3] ?? '0', 16)];
    return reachOfAddress(mapped[1] ?? [high >> 8, high & 255, low >> 8, low & 255].join('.'));
  }
  const quad = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(bare);
  if (quad) {
    const [a, b] = [Number(quad[1]), Number(quad[2])];
    if (a === 127) return 'own';
    // RFC 1918, and what machines without a server give themselves (RFC 3927).
    const near = a === 10 || (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168) || (a === 169 && b === 254);
    return near ? 'near' : 'public';
  }
  if (bare === '::1') return 'own';
  const first = Number.parseInt(hextets(bare)[0] ?? '', 16);
  // Unique local (RFC 4193) and link-local (RFC 4291) addresses.
  return (first >= 0xfc00 && first <= 0xfdff) || (first >= 0xfe80 && first <= 0xfebf) ? 'near' : 'public';
}

/** How far a password sent to this site goes in clear text, by its address alone; a name is looked up again when it is sent. */
export function reachOf(url: string): Reach {
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'http:') return 'encrypted';
  const name = hostname.toLowerCase().replace(/\.$/, '');
  if (/^[\d.]+$/.test(name) || name.startsWith('[')) return reachOfAddress(name);
  if (name === 'localhost' || name.endsWith('.localhost')) return 'own';
  // Names that only the network one stands in gives (RFC 6762).
  return name.endsWith('.local') ? 'near' : 'public';
}
