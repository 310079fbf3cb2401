import type { CheckOutcome, Site } from '../../kind.ts';
import { me } from './answers.ts';
import type { Client } from './client.ts';

/** What an account needs to bring a portrait to the site. */
const needed = ['upload_files', 'edit_posts', 'publish_posts'];

/**
 * Asks the site who we are. Reading posts works with a wrong password too, so only `users/me` tells. The largest
 * upload is not told by REST.
 */
export async function checkAccount(client: Client, site: Site, signal?: AbortSignal): Promise<CheckOutcome> {
  const found = await client.find(site, signal);
  if (!found.ok) return { ok: false, reason: found.failure.reason, detail: found.failure.detail };
  const account = await client.request(site, {
    method: 'GET',
    route: 'wp/v2/users/me',
    query: { context: 'edit', _fields: 'id,name,capabilities' },
    answer: me,
    signal,
  });
  if (!account.ok) {
    const { reason, detail } = account.failure;
    const switchedOff = reason === 'login' && !found.value.takesPasswords;
    return { ok: false, reason, detail: switchedOff ? `${detail} (no application passwords)` : detail };
  }
  const { name, capabilities } = account.value;
  const missing = needed.filter((capability) => capabilities[capability] !== true);
  if (missing.length > 0) return { ok: false, reason: 'role', detail: missing.join(', ') };
  return { ok: true, site: found.value.name, account: name, maxUploadBytes: null };
}
