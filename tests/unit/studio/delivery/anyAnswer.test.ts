import fc from 'fast-check';
import { expect, test } from 'vitest';
import { failureOfReply } from '../../../../electron/studio/delivery/destinations/wordpress/refusals.ts';
import { wordpress } from '../../../../electron/studio/delivery/destinations/wordpress.ts';
import type { Job } from '../../../../electron/studio/delivery/kind.ts';
import { deliveryReasons } from '../../../../shared/contract/delivery.ts';
import { runs } from '../../../fixtures/runs.ts';

const site = 'https://site.test';
const passwordCodes = ['incorrect_password', 'invalid_username', 'invalid_email'];
const codes = [
  ...passwordCodes,
  'rest_not_logged_in',
  'rest_forbidden',
  'rest_cannot_create',
  'rest_cannot_access',
  'rest_post_invalid_id',
  'term_exists',
  'constructor',
  '__proto__',
  'internal_server_error',
];

const refusal = fc
  .record({ code: fc.oneof(fc.constantFrom(...codes), fc.string()), message: fc.string(), data: fc.jsonValue() })
  .map((value) => JSON.stringify(value));
const thing = fc
  .record({
    id: fc.oneof(fc.integer(), fc.constant('7')),
    slug: fc.constantFrom('portrait-a', 'about', ''),
    status: fc.constantFrom('publish', 'draft', 'pending'),
    link: fc.constantFrom(`${site}/a/`, 'nowhere'),
    source_url: fc.constantFrom(`${site}/a.mp3`, ''),
    namespaces: fc.constantFrom(['wp/v2'], ['wp/v2', 'phonomaton/v1'], [], 'x'),
    capabilities: fc.jsonValue(),
  })
  .map((value) => JSON.stringify(value));
const words = fc.constantFrom(
  'Just a moment...',
  'incorrect_password',
  'Incorrect username or password.',
  'wp-content',
  '<form id="loginform">',
  'Maintenance',
  'Mod_Security',
  'Mot de passe incorrect',
);
const page = fc
  .array(words, { maxLength: 4 })
  .map((some) => `<!doctype html><html><body>${some.join(' ')}</body></html>`);
const notice = fc.constantFrom('', '\uFEFF', '<br />\n<b>Warning</b>: x\n', 'PHP Notice: [a] {b}\n', '<!-- {} -->');
const body = fc.oneof(
  refusal,
  thing,
  thing.map((text) => `[${text}]`),
  page,
  fc.string({ unit: 'binary' }),
  fc.json(),
  fc.constantFrom('', '[]', '{}', 'null', 'true', '"x"', '['),
);
const text = fc
  .tuple(notice, body, notice, fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([before, inner, after, cut]) => {
    const whole = before + inner + after;
    return cut < 0.2 ? whole.slice(0, Math.floor(whole.length * cut * 5)) : whole;
  });
const status = fc.oneof(
  fc.constantFrom(200, 201, 301, 302, 307, 400, 401, 403, 404, 405, 406, 413, 429, 500, 502, 503, 511),
  fc.integer({ min: 200, max: 599 }),
);
const headers = fc.dictionary(
  fc.constantFrom('www-authenticate', 'retry-after', 'location', 'cf-mitigated', 'link', 'content-type', 'server'),
  fc.constantFrom(
    'Basic realm="x"',
    '120',
    '/',
    'https://www.site.test/wp-json/',
    'http://[',
    'challenge',
    'text/html',
    '',
  ),
);
const answer = fc.record({ status, headers, text });
type Given = { status: number; headers: Record<string, string>; text: string };

/** Whether the answer says in so many words, as a code, that the password was refused. */
const says = (given: Given) => passwordCodes.some((code) => new RegExp(`"code"\\s*:\\s*"${code}"`).test(given.text));

test('whatever is answered, it means something, in time; a wrong password only where the code says so', () => {
  const met = new Set<string>();
  fc.assert(
    fc.property(answer, fc.boolean(), fc.boolean(), (given, root, takesPasswords) => {
      const reply = { ...given, headers: new Headers(given.headers) };
      const started = performance.now();
      const failure = failureOfReply(reply, { url: `${site}/wp-json/wp/v2/media`, site, root, takesPasswords });
      expect(performance.now() - started).toBeLessThan(2000);
      expect(deliveryReasons).toContain(failure.reason);
      expect(failure.detail.length).toBeLessThanOrEqual(220);
      if (failure.reason === 'login') expect(says(given)).toBe(true);
      met.add(failure.reason);
    }),
    { numRuns: runs(1500, 10_000) },
  );
  expect(met.size).toBeGreaterThan(8);
});

/** A site that answers what it likes, one answer after the other. */
function whimsical(given: readonly Given[]) {
  const seen: { method: string; url: string; given: Given }[] = [];
  const fetch = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const one = given[seen.length % given.length] ?? { status: 200, headers: {}, text: '' };
    seen.push({ method: init.method ?? 'GET', url: String(input), given: one });
    const bodiless = one.status === 204 || one.status === 205 || one.status === 304;
    return new Response(bodiless ? null : one.text, { status: one.status, headers: one.headers });
  };
  return { fetch: fetch as typeof globalThis.fetch, seen };
}

test('a site of random answers is told apart without a throw, and loses nothing of others', async () => {
  const portraitId = '01a21c66-f1b4-72a5-ae5d-0eb10466a31b';
  await fc.assert(
    fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 6 }), async (given) => {
      const whims = whimsical(given);
      const kind = wordpress({ fetch: whims.fetch });
      const at = { url: site, user: 'kiosk', password: 'abcd efgh ijkl mnop qrst uvwx' };
      const outcome = await kind.check(at);
      if (!outcome.ok && outcome.reason === 'login') expect(whims.seen.some((one) => says(one.given))).toBe(true);
      const job: Job = {
        site: at,
        portraitId,
        portrait: { title: 'T', text: '', tags: ['a'], code: null },
        memo: { mediaId: 3, mediaUrl: `${site}/a.mp3`, postId: 4 },
        rendition: async () => ({ ok: false, reason: 'noSound', detail: '' }),
        remember: () => undefined,
        signal: new AbortController().signal,
      };
      for (const step of ['post', 'public'] as const) await kind.run(step, job);
      await kind.takeDown({ ...job, memo: {} });
      // Only what bears the portrait's name may ever be removed, and nothing here does.
      expect(whims.seen.filter(({ method }) => method === 'DELETE')).toEqual([]);
      for (const { url } of whims.seen) expect(new URL(url).hostname.replace(/^www\./, '')).toBe('site.test');
    }),
    { numRuns: runs(150, 1500) },
  );
});
