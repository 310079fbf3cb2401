import { z } from 'zod';
import type { Site, Standing, Told } from '../../kind.ts';
import type { Answer, Client, Found } from './client.ts';
import { readMemo } from './memo.ts';

// The companion is a plugin of the site's own (resources/wordpress): with the code of their ticket people take their
// portrait down there, whether the booth runs or not. It knows a portrait by what the booth's account has declared, and by
// nothing else; the booth asks who withdrew. Whether our account is the booth's, an administrator of the site says.

const told = z.object({ ref: z.uuid(), portrait: z.uuid() });
const toldPage = z.object({ withdrawals: z.array(z.unknown()), next: z.int().nullable().catch(null) });
const declaredPage = z.object({
  portraits: z.array(z.object({ post: z.int(), portrait: z.string() })),
  next: z.int().nullable().catch(null),
});

/** Answers read in one round, and rows of each: more than any site has, and no reason to go on for ever. */
const mostPages = 40;
const mostRows = 1000;

export type CompanionState =
  /** It knows our account as the booth's. */
  | 'booth'
  /** An administrator has not said yet whose our account is. */
  | 'waits'
  /** A version that takes its orders from everybody: it is not listened to. */
  | 'old'
  | 'none';

/** Asks a site's companion whether it knows us; if it does not, an administrator there is told that we asked. */
export async function companionOf(
  client: Client,
  site: Site,
  about: Pick<Found, 'companion' | 'oldCompanion'>,
  signal?: AbortSignal,
): Promise<CompanionState> {
  if (!about.companion) return about.oldCompanion ? 'old' : 'none';
  const answer = await client.request(site, {
    method: 'POST',
    route: 'phonomaton/v2/booth',
    answer: z.object({ booth: z.boolean() }),
    signal,
  });
  return answer.ok && answer.value.booth ? 'booth' : 'waits';
}

/** Pages of a list, each after the last one; ends where the site goes round in circles. */
async function pages<T extends { next: number | null }>(
  client: Client,
  site: Site,
  ask: { route: string; answer: z.ZodType<T>; signal: AbortSignal | undefined },
): Promise<Answer<T[]>> {
  const read: T[] = [];
  for (let after: number | null = 0; after !== null && read.length < mostPages; ) {
    const answer: Answer<T> = await client.request(site, { method: 'GET', query: { after: String(after) }, ...ask });
    if (!answer.ok) return answer;
    read.push(answer.value);
    const { next }: T = answer.value;
    after = next !== null && next > after ? next : null;
  }
  return { ok: true, value: read };
}

/** What was withdrawn on the site and not acknowledged yet; nothing on a site without the companion. */
export async function withdrawnOnSite(client: Client, site: Site, signal?: AbortSignal): Promise<Answer<Told[]>> {
  // Looked for anew each time: it may have been installed since.
  const about = await client.find(site, signal);
  if (!about.ok) return about;
  if ((await companionOf(client, site, about.value, signal)) !== 'booth') return { ok: true, value: [] };
  const route = 'phonomaton/v2/withdrawals';
  const answer = await pages(client, site, { route, answer: toldPage, signal });
  if (!answer.ok) return answer;
  // A row that is none costs itself alone.
  const rows = answer.value.flatMap(({ withdrawals }) => withdrawals.slice(0, mostRows));
  const value = rows.flatMap((row): Told[] => {
    const parsed = told.safeParse(row);
    return parsed.success ? [{ ref: parsed.data.ref, portraitId: parsed.data.portrait }] : [];
  });
  return { ok: true, value };
}

/** The booth has written it down; the site may forget that it was asked. */
export function acknowledgeWithdrawal(
  client: Client,
  site: Site,
  ref: string,
  signal?: AbortSignal,
): Promise<Answer<unknown>> {
  return client.request(site, {
    method: 'DELETE',
    route: `phonomaton/v2/withdrawals/${ref}`,
    answer: z.unknown(),
    signal,
  });
}

/** Says to the site that a post and its sound are this portrait, and what its code is; the site keeps a hash of it. */
export function declarePortrait(
  client: Client,
  site: Site,
  { portraitId, ...declared }: { portraitId: string; post: number; sounds: number[]; code: string },
  signal?: AbortSignal,
): Promise<Answer<unknown>> {
  return client.request(site, {
    method: 'POST',
    route: `phonomaton/v2/portraits/${portraitId}`,
    json: declared,
    answer: z.object({ portrait: z.string() }),
    signal,
  });
}

/**
 * Declares what stands there and is not declared: sent before the companion was, before our account was chosen, or by an
 * older version. Answers how many.
 */
export async function declareStanding(
  client: Client,
  site: Site,
  standing: readonly Standing[],
  signal?: AbortSignal,
): Promise<number> {
  const about = await client.lookUp(site, signal);
  if (!about.ok || !about.value.companion || standing.length === 0) return 0;
  const route = 'phonomaton/v2/portraits';
  const there = await pages(client, site, { route, answer: declaredPage, signal });
  if (!there.ok) return 0;
  const known = new Set(there.value.flatMap(({ portraits }) => portraits.map((one) => `${one.portrait} ${one.post}`)));
  let declared = 0;
  for (const { portraitId, code, memo } of standing) {
    const { postId, mediaId } = readMemo(memo);
    if (postId === undefined || known.has(`${portraitId} ${postId}`)) continue;
    const sounds = mediaId === undefined ? [] : [mediaId];
    const done = await declarePortrait(client, site, { portraitId, post: postId, sounds, code }, signal);
    if (done.ok) declared += 1;
  }
  return declared;
}
