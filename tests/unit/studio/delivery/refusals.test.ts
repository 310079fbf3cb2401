import { expect, test } from 'vitest';
import { detailOf, failureOfReply } from '../../../../electron/studio/delivery/destinations/wordpress/refusals.ts';
import { meanings } from '../../../../electron/studio/delivery/reasons.ts';

const refused = (code: string, message = 'No.') => JSON.stringify({ code, message, data: { status: 0 } });
const page = '<html><head><title>nginx</title><style>b{}</style></head><body><b>Refused</b></body></html>';

/** What the site answered, and what becomes of the delivery. */
test.each([
  ['a wrong password', 401, refused('rest_cannot_create'), 'login', 'pause'],
  ['a gate in front', 401, page, 'login', 'pause'],
  ['a role too low', 403, refused('rest_cannot_create'), 'role', 'pause'],
  ['a firewall', 403, page, 'siteError', 'retry'],
  ['a proxy that takes less', 413, page, 'tooLarge', 'stop'],
  ['over upload_max_filesize', 500, refused('rest_upload_unknown_error'), 'tooLarge', 'stop'],
  ['over post_max_size, as a form', 400, refused('rest_upload_no_content_disposition'), 'tooLarge', 'stop'],
  ['over post_max_size, as a body', 400, refused('rest_upload_no_data'), 'tooLarge', 'stop'],
  ['a full multisite', 400, refused('rest_upload_limited_space'), 'tooLarge', 'stop'],
  [
    'a type refused, in French',
    500,
    refused('rest_upload_sideload_error', 'Désolé, vous n’avez pas l’autorisation de téléverser ce type de fichier.'),
    'typeRefused',
    'stop',
  ],
  [
    'a folder not writable, in French',
    500,
    refused('rest_upload_sideload_error', 'Impossible de créer le dossier wp-content/uploads/2026/11.'),
    'uploadsNotWritable',
    'retry',
  ],
  ['a full disk of the site', 500, refused('rest_upload_file_error'), 'uploadsNotWritable', 'retry'],
  ['a body cut on the way', 412, refused('rest_upload_hash_mismatch'), 'damaged', 'retry'],
  ['REST switched off', 404, refused('rest_no_route'), 'noRestApi', 'retry'],
  ['an error page', 500, page, 'siteError', 'retry'],
  ['a proxy without a site', 502, page, 'siteError', 'retry'],
  ['a sign-in page of the hall', 200, page, 'notWordPress', 'hold'],
  ['a redirect', 302, '', 'notWordPress', 'hold'],
])('%s', (_, status, text, reason, effect) => {
  const failure = failureOfReply({ status, headers: new Headers(), text });
  expect(failure.reason).toBe(reason);
  expect(failure.effect ?? meanings[failure.reason].effect).toBe(effect);
});

test.each([429, 503])('%i waits as long as the site wishes, and counts no attempt', (status) => {
  const asked = failureOfReply({ status, headers: new Headers({ 'retry-after': '90' }), text: page });
  expect(asked).toMatchObject({ reason: 'siteError', effect: 'later', retryAfterMs: 90_000 });
  const dated = new Headers({ 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' });
  expect(failureOfReply({ status, headers: dated, text: '' })).not.toHaveProperty('retryAfterMs');
});

test('details are one short line without mark-up', () => {
  expect(detailOf(502, page)).toBe('502: nginx Refused');
  expect(detailOf(500, '<script>alert(1)</script>\n\n')).toBe('500');
  expect(detailOf(400, 'd&#039;essai &amp; co')).toBe("400: d'essai & co");
  expect(detailOf(500, 'x'.repeat(100_000)).length).toBe(200);
});
