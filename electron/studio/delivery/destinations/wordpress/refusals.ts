import type { DeliveryReason } from '../../../../../shared/contract/delivery.ts';
import type { Failure } from '../../kind.ts';
import type { Reply } from '../../network.ts';
import { jsonOf, refusal, unescapeHtml } from './answers.ts';

/** Reasons that follow from the REST API's own error code. */
const byCode: Record<string, DeliveryReason> = {
  // Over upload_max_filesize.
  rest_upload_unknown_error: 'tooLarge',
  // Over post_max_size PHP drops the body, and these are what is left to complain of.
  rest_upload_no_data: 'tooLarge',
  rest_upload_no_content_disposition: 'tooLarge',
  // Multisite: the limit a file, and the limit a site.
  rest_upload_file_too_big: 'tooLarge',
  rest_upload_limited_space: 'tooLarge',
  rest_upload_file_error: 'uploadsNotWritable',
  rest_upload_hash_mismatch: 'damaged',
  rest_no_route: 'noRestApi',
  rest_disabled: 'noRestApi',
};

/** Longest detail shown, in characters. */
const longestDetail = 200;

/** What an answer other than the one hoped for means. */
export function failureOfReply(reply: Reply): Failure {
  const { status } = reply;
  const parsed = refusal.safeParse(jsonOf(reply.text));
  const code = parsed.success ? parsed.data.code : undefined;
  const detail = detailOf(status, parsed.success ? parsed.data.message : reply.text);
  if (status === 401) return { reason: 'login', detail };
  if (status === 413) return { reason: 'tooLarge', detail };
  if (status === 429 || status === 503) {
    const retryAfterMs = retryAfter(reply.headers.get('retry-after'));
    return { reason: 'siteError', effect: 'later', detail, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  }
  if (code === 'rest_upload_sideload_error') {
    // One code for two troubles, and the message comes in the site's language; only the second names a folder.
    const folder = /[\\/]/.test(parsed.success ? parsed.data.message : '');
    return { reason: folder ? 'uploadsNotWritable' : 'typeRefused', detail };
  }
  const known = code === undefined ? undefined : byCode[code];
  if (known !== undefined) return { reason: known, detail };
  // Firewalls answer 403 as well, but not in WordPress' own words.
  if (status === 403 && code !== undefined) return { reason: 'role', detail };
  if (status >= 300 && status < 400) return { reason: 'notWordPress', detail: detailOf(status, 'redirects elsewhere') };
  if (status < 300) return { reason: 'notWordPress', detail };
  return { reason: 'siteError', detail };
}

/** Status and the site's own words, without mark-up, on one line, shortened. */
export function detailOf(status: number, text: string): string {
  const words = unescapeHtml(
    text
      .slice(0, 20_000)
      .replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' ')
      .replace(/<[^>]*>/g, ' '),
  )
    .replace(/\s+/g, ' ')
    .trim();
  const whole = words === '' ? String(status) : `${status}: ${words}`;
  return whole.length > longestDetail ? `${whole.slice(0, longestDetail - 1)}…` : whole;
}

/** Milliseconds of a Retry-After header in seconds (RFC 9110, 10.2.3); dates are left alone. */
function retryAfter(value: string | null): number | undefined {
  return value !== null && /^\d{1,6}$/.test(value) ? Number(value) * 1000 : undefined;
}
