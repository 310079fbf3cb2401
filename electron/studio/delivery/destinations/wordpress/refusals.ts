import type { DeliveryReason } from '../../../../../shared/contract/delivery.ts';
import type { Failure } from '../../kind.ts';
import type { Reply } from '../../network.ts';
import { type Refusal, refusal, unescapeHtml } from './answers.ts';
import { jsonOf } from './noise.ts';
import { isFirewall, isMaintenance, isSignIn } from './pages.ts';
import { meaningOfRedirect } from './redirects.ts';

/** What was asked, as far as the answer's meaning depends on it. */
export interface Asked {
  /** The address of the request, and the site's below which it lies. */
  url: string;
  site: string;
  /** Whether it was the look for REST itself, which WordPress refuses to nobody. */
  root?: boolean;
  /** Whether the site says that it takes application passwords. */
  takesPasswords?: boolean;
}

/** Reasons that follow from an error code of WordPress, whatever the status. */
const byCode: Record<string, DeliveryReason> = {
  // The password reached WordPress and was refused. Nothing else means this.
  incorrect_password: 'login',
  invalid_username: 'login',
  invalid_email: 'login',
  application_passwords_disabled: 'passwordsOff',
  application_passwords_disabled_for_user: 'passwordsOff',
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
  // Plugins that close REST: Disable REST API, Disable WP REST API, Solid and Kadence Security, and their kin.
  rest_cannot_access: 'restClosed',
  rest_login_required: 'restClosed',
  rest_disabled: 'restClosed',
  rest_api_disabled: 'restClosed',
  disabled_rest_api: 'restClosed',
  no_rest_api_sorry: 'restClosed',
  rest_authorization_required: 'restClosed',
  itsec_rest_api_access_restricted: 'restClosed',
  jwt_auth_no_auth_header: 'restClosed',
  maintenance_mode: 'maintenance',
};

/** Longest detail shown, in characters. */
const longestDetail = 200;

/**
 * What an answer other than the one hoped for means. The body's error code comes first, then the headers, then what the
 * page says of its maker, and the status alone last: a 401 of a lock in front of the site is no wrong password.
 */
export function failureOfReply(reply: Reply, asked?: Asked): Failure {
  const told = refusal.safeParse(jsonOf(reply.text));
  const detail = detailOf(reply.status, told.success ? told.data.message || told.data.code : reply.text);
  const failure = told.success ? ofCode(reply, told.data, asked) : ofPage(reply, asked);
  const wait = retryAfter(reply.headers.get('retry-after'));
  const patient = failure.reason === 'maintenance' || failure.reason === 'busy';
  return { detail, ...failure, ...(patient && wait !== undefined && { retryAfterMs: wait }) };
}

type Part = Pick<Failure, 'reason'> & Partial<Failure>;

function ofCode({ status }: Reply, { code, message }: Refusal, asked: Asked | undefined): Part {
  if (code === 'rest_upload_sideload_error') {
    // One code for two troubles, and the message comes in the site's language; only the second names a folder.
    return { reason: /[\\/]/.test(message) ? 'uploadsNotWritable' : 'typeRefused' };
  }
  const known = Object.hasOwn(byCode, code) ? byCode[code] : undefined;
  if (known !== undefined) return { reason: known };
  if (status === 429) return { reason: 'busy' };
  if (status === 503) return { reason: 'maintenance' };
  // WordPress refuses its root to nobody whose password is right; and its own codes begin with `rest_`.
  if (status === 401 || status === 403) {
    if (asked?.root) return { reason: 'restClosed' };
    if (!code.startsWith('rest_')) return { reason: status === 401 ? 'restClosed' : 'firewall' };
  }
  // 401 is WordPress' word for “nobody is signed in”, 403 for “this account may not”. Why nobody is, it does not say:
  // the password may be wrong, or may never have arrived.
  if (status === 401) return { reason: asked?.takesPasswords === false ? 'passwordsOff' : 'notRecognised' };
  if (status === 403) return { reason: 'role' };
  if (status === 413) return { reason: 'tooLarge' };
  return { reason: 'siteError' };
}

function ofPage(reply: Reply, asked: Asked | undefined): Part {
  const { status, headers } = reply;
  if (status >= 300 && status < 400) return ofRedirect(reply, asked);
  // RFC 6585: the network wants a sign-in; 407: so does a proxy on the way.
  if (status === 511 || status === 407) return { reason: 'portal' };
  if (status === 413) return { reason: 'tooLarge' };
  // A lock in front of the site answers for every address, before WordPress is asked.
  if (status === 401 && headers.has('www-authenticate')) return { reason: 'siteLock' };
  if (isFirewall(reply)) return { reason: 'firewall' };
  if (status === 401) return { reason: 'siteLock' };
  if (isMaintenance(reply) || status === 503) return { reason: 'maintenance' };
  if (status === 429) return { reason: 'busy' };
  if (isSignIn(reply)) return { reason: 'restClosed' };
  // 403 that is not WordPress' own, 405 and 406 to what WordPress takes: a rule of the server or of its firewall.
  if (status === 403 || status === 405 || status === 406) return { reason: 'firewall' };
  if (status >= 500) return { reason: 'siteError' };
  return { reason: 'garbled' };
}

function ofRedirect({ status, headers }: Reply, asked: Asked | undefined): Part {
  if (asked === undefined) return { reason: 'redirected' };
  const { reason, detail, better } = meaningOfRedirect(asked.site, asked.url, headers.get('location'));
  return { reason, detail: `${status}: ${detail}`, ...(better !== undefined && { better }) };
}

/** A page's words: without tags, and without what stands inside scripts and styles. One pass, whatever the page is. */
function withoutMarkUp(page: string): string {
  const words: string[] = [];
  let hidden: string | null = null;
  for (const [index, piece] of page.split('<').entries()) {
    const end = index === 0 ? -1 : piece.indexOf('>');
    if (index > 0 && end < 0 && hidden === null) words.push('<', piece);
    if (index > 0 && end < 0) continue;
    const tag = /^\/?[a-z]+/i.exec(index === 0 ? '' : piece)?.[0].toLowerCase();
    if (hidden !== null && tag !== `/${hidden}`) continue;
    hidden = tag === 'script' || tag === 'style' ? tag : null;
    if (hidden === null) words.push(index === 0 ? '' : ' ', piece.slice(end + 1));
  }
  return words.join('');
}

/** Status and the site's own words, without mark-up, on one line, shortened. */
export function detailOf(status: number, text: string): string {
  const words = unescapeHtml(withoutMarkUp(text.slice(0, 20_000)))
    .replace(/\s+/g, ' ')
    .trim();
  const whole = words === '' ? String(status) : `${status}: ${words}`;
  return whole.length > longestDetail ? `${whole.slice(0, longestDetail - 1)}…` : whole;
}

/** Milliseconds of a Retry-After header in seconds (RFC 9110, 10.2.3); dates are left alone. */
function retryAfter(value: string | null): number | undefined {
  return value !== null && /^\d{1,6}$/.test(value) ? Number(value) * 1000 : undefined;
}
