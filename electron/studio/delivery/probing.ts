import type { CheckOutcome } from './kind.ts';
import type { Held } from './ports.ts';
import { mostAsks } from './reasons.ts';
import type { RunParts } from './run.ts';
import { mistake, ofSite } from './settlement.ts';

/** How long a hold may last before a person is asked, however seldom the booth ran meanwhile, in milliseconds. */
const longestHoldMs = 3 * 24 * 3_600_000;
/** But never before it was asked so often. */
const fewestAsks = 5;

/**
 * Asks a held site whether it is well again, by a request that belongs to no delivery, and writes down what it said.
 * Well: everything that waits for it goes on. Asked often enough: a person has to, unless somebody waits for something
 * to be taken down there. Rejects only when `signal` aborts or the database fails.
 */
export async function askHeldSite(parts: RunParts, held: Held, signal: AbortSignal): Promise<void> {
  const { leases } = parts;
  const kind = parts.kind(held.kind);
  const site = parts.site(held.id);
  if (kind === undefined || site === undefined) {
    leases.keepHold(held, { reason: held.reason, detail: '', nextAt: null });
    return;
  }
  const at = () => parts.now().toISOString();
  if (site === 'noPassword') {
    leases.pauseHeld(held, 'login');
    return;
  }
  const asked = await kind.check(site, signal).catch((error: unknown): CheckOutcome => {
    if (signal.aborted) throw error;
    return { ok: false, ...mistake(parts, 'siteError', error) };
  });
  parts.log('site-asked', { after: held.reason, ok: asked.ok, reason: asked.ok ? null : asked.reason });
  if (asked.ok) {
    leases.endHold(held, at());
    return;
  }
  const how = ofSite(parts, asked, held.asks);
  if (how.kind === 'pause') leases.pauseHeld(held, how.reason);
  if (how.kind !== 'hold') return;
  const asks = held.asks + 1;
  const old = parts.now().getTime() - Date.parse(held.since) >= longestHoldMs && how.reason !== 'offline';
  const enough = asks >= mostAsks(how.reason) || (old && asks >= fewestAsks);
  leases.keepHold(held, { ...how, nextAt: enough && !held.removing ? null : how.nextAt });
}
