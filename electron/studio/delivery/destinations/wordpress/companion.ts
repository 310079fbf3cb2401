import { z } from 'zod';
import type { Site } from '../../kind.ts';
import type { Answer, Client } from './client.ts';

// The companion is a plugin of the site's own (resources/wordpress): with the code of their ticket people take their
// portrait down there, whether the booth runs or not. The booth asks who did, and does the same at home.

const withdrawn = z.array(z.object({ portrait: z.uuid(), at: z.string() }));

/** Ids of portraits that were withdrawn on the site and not acknowledged yet; none on a site without the companion. */
export async function withdrawnOnSite(client: Client, site: Site, signal?: AbortSignal): Promise<Answer<string[]>> {
  const about = await client.lookUp(site, signal);
  if (!about.ok) return about;
  if (!about.value.companion) return { ok: true, value: [] };
  const answer = await client.request(site, {
    method: 'GET',
    route: 'phonomaton/v1/withdrawals',
    answer: withdrawn,
    signal,
  });
  return answer.ok ? { ok: true, value: answer.value.map(({ portrait }) => portrait) } : answer;
}

/** The booth has done its part; the site may forget that it was asked. */
export function acknowledgeWithdrawal(
  client: Client,
  site: Site,
  portraitId: string,
  signal?: AbortSignal,
): Promise<Answer<unknown>> {
  return client.request(site, {
    method: 'DELETE',
    route: `phonomaton/v1/withdrawals/${portraitId}`,
    answer: z.unknown(),
    signal,
  });
}
