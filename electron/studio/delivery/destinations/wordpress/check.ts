import { z } from 'zod';
import type { CheckOutcome, Failure, Site } from '../../kind.ts';
import { me } from './answers.ts';
import type { Client } from './client.ts';
import { companionOf } from './companion.ts';
import { whyNotRecognised } from './signIn.ts';

/** What an account needs to bring a portrait to the site. */
const needed = ['upload_files', 'edit_posts', 'publish_posts'];

/**
 * Asks the site who we are and whether it would let us send, without changing anything there. It is what stands behind
 * “Test the connection”, and what tells a delivery's own trouble from its site's. The largest upload is not told by
 * REST.
 */
export async function checkAccount(client: Client, site: Site, signal?: AbortSignal): Promise<CheckOutcome> {
  const found = await client.find(site, signal);
  if (!found.ok) return refused(found.failure);
  const account = await whoAmI(client, site, signal);
  const failure = account.ok ? await postsArrive(client, site, signal) : account.failure;
  if (failure?.reason === 'notRecognised') return refused(await whyNotRecognised(client, site, failure, signal));
  if (failure !== undefined) return refused(failure);
  const { name, unseen } = account.ok ? account : { name: site.user, unseen: false };
  const companion = await companionOf(client, site, found.value, signal);
  const waits = companion === 'waits' || companion === 'old' ? { companion } : {};
  return {
    ok: true,
    site: found.value.name,
    account: name,
    maxUploadBytes: null,
    ...(unseen && { unseen: true }),
    ...waits,
  };
}

type Account = { ok: true; name: string; unseen: boolean } | { ok: false; failure: Failure };

/**
 * Reading posts works without an account too, so `users/me` tells who we are. Security plugins shut it, to hide who
 * may sign in; then a list that only writers are shown says whether we are one.
 */
async function whoAmI(client: Client, site: Site, signal: AbortSignal | undefined): Promise<Account> {
  const account = await client.request(site, {
    method: 'GET',
    route: 'wp/v2/users/me',
    query: { context: 'edit', _fields: 'id,name,capabilities' },
    answer: me,
    signal,
  });
  if (account.ok) {
    const { name, capabilities } = account.value;
    const missing = needed.filter((capability) => capabilities[capability] !== true);
    if (missing.length > 0) return { ok: false, failure: { reason: 'role', detail: missing.join(', ') } };
    return { ok: true, name, unseen: false };
  }
  if (account.status === undefined || account.failure.reason === 'login') return account;
  const posts = await client.request(site, {
    method: 'GET',
    route: 'wp/v2/posts',
    query: { context: 'edit', per_page: '1', _fields: 'id' },
    answer: z.array(z.unknown()),
    signal,
  });
  return posts.ok ? { ok: true, name: site.user, unseen: true } : posts;
}

/**
 * Some servers let every question through and redirect or stop what is sent. A sound without a single byte shows it:
 * WordPress refuses it, in its own words, to those who may send one, and keeps nothing.
 */
async function postsArrive(client: Client, site: Site, signal: AbortSignal | undefined): Promise<Failure | undefined> {
  const sent = await client.request(site, { method: 'POST', route: 'wp/v2/media', answer: z.unknown(), signal });
  if (sent.ok) return undefined;
  const { failure, refusal } = sent;
  const arrived = refusal !== undefined && !(failure.reason in closing);
  return arrived ? undefined : failure;
}

/** What WordPress or a plugin says to everybody, or to this account, whatever is sent. */
const closing = {
  login: true,
  passwordsOff: true,
  notRecognised: true,
  restClosed: true,
  role: true,
  maintenance: true,
};

function refused({ reason, detail, better, retryAfterMs }: Failure): CheckOutcome {
  return {
    ok: false,
    reason,
    detail,
    ...(better !== undefined && { better }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}
