import { describe, expect, test } from 'vitest';
import {
  type Asked,
  detailOf,
  failureOfReply,
} from '../../../../electron/studio/delivery/destinations/wordpress/refusals.ts';

const refused = (code: string, message = 'No.') => JSON.stringify({ code, message, data: { status: 0 } });
const page = '<html><head><title>nginx</title><style>b{}</style></head><body><b>Refused</b></body></html>';
const site = 'https://site.test';
const step: Asked = { url: `${site}/wp-json/wp/v2/media`, site, takesPasswords: true };
const root: Asked = { url: `${site}/wp-json/`, site, root: true };
const basic = { 'www-authenticate': 'Basic realm="Chantier"' };
const of = (status: number, text: string, headers: Record<string, string> = {}, asked: Asked = step) =>
  failureOfReply({ status, headers: new Headers(headers), text }, asked);

/** What the site answered to a step, and what it means. */
test.each([
  ['a wrong password', 401, refused('incorrect_password'), {}, 'login'],
  ['a name nobody has', 401, refused('invalid_username'), {}, 'login'],
  [
    'application passwords switched off for it',
    401,
    refused('application_passwords_disabled_for_user'),
    {},
    'passwordsOff',
  ],
  ['nobody signed in, at a list', 401, refused('rest_forbidden_context'), {}, 'notRecognised'],
  ['nobody signed in, at a sound', 401, refused('rest_cannot_create'), {}, 'notRecognised'],
  ['nobody signed in, at the account', 401, refused('rest_not_logged_in'), {}, 'notRecognised'],
  ['a lock in front', 401, page, basic, 'siteLock'],
  ['a lock without a word', 401, page, {}, 'siteLock'],
  ['a plugin that shuts REST', 401, refused('rest_cannot_access'), {}, 'restClosed'],
  ['another, with an odd status', 500, refused('itsec_rest_api_access_restricted'), {}, 'restClosed'],
  ['another, in its own words', 401, refused('members_only'), {}, 'restClosed'],
  ['a role too low', 403, refused('rest_cannot_create'), {}, 'role'],
  ['a firewall inside WordPress', 403, refused('blocked_by_shield'), {}, 'firewall'],
  ['a firewall', 403, page, {}, 'firewall'],
  ['a challenge that says all is well', 200, '<html><title>Just a moment...</title></html>', {}, 'firewall'],
  ['a challenge known by its header', 503, page, { 'cf-mitigated': 'challenge' }, 'firewall'],
  ['a rule against what is sent', 406, '<html><h1>Not Acceptable!</h1></html>', {}, 'firewall'],
  ['maintenance', 503, '<!DOCTYPE html><title>Maintenance</title>', { 'retry-after': '600' }, 'maintenance'],
  ['maintenance that says all is well', 200, '<html><h1>Site en maintenance</h1></html>', {}, 'maintenance'],
  ['too many at once', 429, '', {}, 'busy'],
  ['a network that wants a sign-in', 511, page, {}, 'portal'],
  ['a proxy that takes less', 413, page, {}, 'tooLarge'],
  ['over upload_max_filesize', 500, refused('rest_upload_unknown_error'), {}, 'tooLarge'],
  ['over post_max_size, as a form', 400, refused('rest_upload_no_content_disposition'), {}, 'tooLarge'],
  ['over post_max_size, as a body', 400, refused('rest_upload_no_data'), {}, 'tooLarge'],
  ['a full multisite', 400, refused('rest_upload_limited_space'), {}, 'tooLarge'],
  ['a type refused, in French', 500, refused('rest_upload_sideload_error', 'Ce type de fichier ?'), {}, 'typeRefused'],
  [
    'a folder not writable, in French',
    500,
    refused('rest_upload_sideload_error', 'Impossible de créer le dossier wp-content/uploads/2026/11.'),
    {},
    'uploadsNotWritable',
  ],
  ['a full disk of the site', 500, refused('rest_upload_file_error'), {}, 'uploadsNotWritable'],
  ['a body cut on the way', 412, refused('rest_upload_hash_mismatch'), {}, 'damaged'],
  ['REST switched off', 404, refused('rest_no_route'), {}, 'noRestApi'],
  ['an error page', 500, page, {}, 'siteError'],
  ['a proxy without a site', 502, page, {}, 'siteError'],
  ['a page nobody asked for', 200, page, {}, 'garbled'],
  ['half an answer', 200, '{"id":7,"slug":"por', {}, 'garbled'],
  ['somebody else’s data', 200, '{"weather":"rain"}', {}, 'garbled'],
  ['WordPress’ sign-in page', 200, '<html><form id="loginform"></form></html>', {}, 'restClosed'],
] as const)('%s', (_, status, text, headers, reason) => {
  expect(of(status, text, headers).reason).toBe(reason);
});

test('what WordPress refuses to nobody is refused by somebody else', () => {
  for (const code of ['rest_not_logged_in', 'rest_forbidden', 'anything']) {
    expect(of(401, refused(code), {}, root).reason).toBe('restClosed');
    expect(of(403, refused(code), {}, root).reason).toBe('restClosed');
  }
  expect(of(401, refused('incorrect_password'), {}, root).reason).toBe('login');
});

test('a site that takes no application passwords never saw ours', () => {
  expect(of(401, refused('rest_not_logged_in'), {}, { ...step, takesPasswords: false }).reason).toBe('passwordsOff');
});

describe('redirects', () => {
  test.each([
    ['to www', 'https://www.site.test/wp-json/wp/v2/media', 'redirected', 'https://www.site.test'],
    [
      'to another house',
      'https://elsewhere.test/blog/wp-json/wp/v2/media/',
      'redirected',
      'https://elsewhere.test/blog',
    ],
    ['to the same address', 'https://site.test/wp-json/wp/v2/media/', 'redirected', undefined],
    ['to the way out', '/', 'restClosed', undefined],
    ['to the sign-in', '/wp-login.php?redirect_to=x', 'restClosed', undefined],
    ['nowhere', undefined, 'redirected', undefined],
  ])('%s', (_, location, reason, to) => {
    const failure = of(301, '', location === undefined ? {} : { location });
    expect(failure.reason).toBe(reason);
    expect(failure.better).toEqual(to === undefined ? undefined : { from: site, to });
    expect(failure.detail).toContain(step.url);
  });

  test('over plain http another house is the hall’s sign-in page, unless it leads to the same route', () => {
    const asked = { url: 'http://site.test/wp-json/', site: 'http://site.test', root: true };
    expect(of(302, '', { location: 'http://portal.lan/hello?to=http://site.test/wp-json/' }, asked).reason).toBe(
      'portal',
    );
    expect(of(301, '', { location: 'http://new.test/wp-json/' }, asked)).toMatchObject({
      reason: 'redirected',
      better: { from: 'http://site.test', to: 'http://new.test' },
    });
  });

  test('with plain permalinks the route is in the query', () => {
    const asked = { url: 'http://site.test/?rest_route=%2Fwp%2Fv2%2Fmedia&slug=a', site: 'http://site.test' };
    const failure = of(301, '', { location: 'https://www.site.test/?rest_route=%2Fwp%2Fv2%2Fmedia&slug=a' }, asked);
    expect(failure.better?.to).toBe('https://www.site.test');
    expect(failure.detail).not.toContain('slug');
  });
});

test.each([
  [429, 'busy'],
  [503, 'maintenance'],
])('%i waits as long as the site wishes', (status, reason) => {
  expect(of(status, page, { 'retry-after': '90' })).toMatchObject({ reason, retryAfterMs: 90_000 });
  expect(of(status, '', { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' })).not.toHaveProperty('retryAfterMs');
});

test('details are one short line without mark-up', () => {
  expect(detailOf(502, page)).toBe('502: nginx Refused');
  expect(detailOf(500, '<script>alert(1)</script>\n\n')).toBe('500');
  expect(detailOf(400, 'd&#039;essai &amp; co')).toBe("400: d'essai & co");
  expect(detailOf(500, 'x'.repeat(100_000)).length).toBe(200);
});
