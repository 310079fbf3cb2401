/** `AB12 CD34 …`: groups of four, as one reads them aloud. */
export function inGroups(fingerprint: string): string[] {
  return fingerprint.match(/.{1,4}/g) ?? [];
}

/** Host and port as they are said: `192 point 168 point 4 point 12`, `7443`. */
export function spoken(address: string, dot: string): { host: string; port: string } {
  const { hostname, port } = new URL(address);
  return { host: hostname.split('.').join(` ${dot} `), port: port === '' ? '443' : port };
}

const browsers: [RegExp, string][] = [
  [/Firefox\//, 'Firefox'],
  [/Edg\//, 'Edge'],
  [/Chrom(e|ium)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const systems: [RegExp, string][] = [
  [/iPad/, 'iPad'],
  [/iPhone/, 'iPhone'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'Mac'],
  [/Linux/, 'Linux'],
];
const named = (list: [RegExp, string][], text: string) => list.find(([pattern]) => pattern.test(text))?.[1];

/** What a browser calls itself, short: `Firefox, Android`; undefined when it says nothing one would recognise. */
export function deviceName(userAgent: string): string | undefined {
  const parts = [named(browsers, userAgent), named(systems, userAgent)].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(', ');
}
