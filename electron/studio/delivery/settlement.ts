import type { Settlement } from '../../../shared/domain/delivery.ts';
import { type Backoff, waitAfter } from './backoff.ts';
import type { DestinationKind, Failure, Site } from './kind.ts';
import type { Log } from './ports.ts';
import { meanings } from './reasons.ts';

export interface SettlementParts {
  now: () => Date;
  /** 0 ≤ random < 1. */
  random: () => number;
  backoff: Backoff;
  /** Attempts after which a delivery stops by itself; infinite for one that may not. */
  mostAttempts: number;
  log: Log;
}

/** A mistake of ours must neither stop the queue nor repeat itself for ever: it counts as an attempt. */
export function mistake(
  parts: Pick<SettlementParts, 'log'>,
  reason: 'siteError' | 'renderFailed',
  error: unknown,
): Failure {
  parts.log('delivery-mistake', { error: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown' });
  return { reason, effect: 'retry', detail: error instanceof Error ? error.name : '' };
}

export interface Counted {
  attempts: number;
  misses: number;
}

/**
 * What a failure of a step does. Where the whole site may be at fault, it is asked by a request that is no delivery's:
 * only what it answers then stops the others. If it answers well, the trouble is this delivery's own. Rejects only when
 * `signal` aborts.
 */
export async function judged(
  parts: SettlementParts,
  before: Counted,
  failure: Failure,
  to: { kind: DestinationKind; site: Site; signal: AbortSignal },
): Promise<Settlement> {
  if (failure.neutral) return ofSite(parts, failure);
  if (meanings[failure.reason].site === undefined || failure.effect !== undefined) return ofOwn(parts, before, failure);
  // Nothing was reached: asking once more could only say the same.
  if (failure.reason === 'offline') return ofSite(parts, failure);
  const asked = await to.kind.check(to.site, to.signal);
  parts.log('site-asked', { after: failure.reason, ok: asked.ok, reason: asked.ok ? null : asked.reason });
  return asked.ok ? ofOwn(parts, before, failure) : ofSite(parts, asked);
}

/** What the site's own trouble does: nothing is counted against the delivery that found it. */
export function ofSite(parts: SettlementParts, failure: Failure, asks = 0): Settlement {
  const { reason, detail, better } = failure;
  if (reason === 'login' || reason === 'role') return { kind: 'pause', reason, detail };
  const nextAt = later(parts, waitFor(parts, asks + 1, failure));
  return { kind: 'hold', nextAt, reason, detail, ...(better !== undefined && { better }) };
}

/** What a delivery's own failure does, after the tries it has behind it. */
export function ofOwn(parts: SettlementParts, before: Counted, failure: Failure): Settlement {
  const { reason, detail } = failure;
  const meaning = meanings[reason];
  const effect = failure.effect ?? meaning.effect;
  const endless = parts.mostAttempts === Number.POSITIVE_INFINITY;
  if (effect === 'stop' && !endless) return { kind: 'fail', reason, detail };
  const attempt = effect !== 'later';
  const failures = (attempt ? before.attempts : before.misses) + 1;
  // Waits that count no attempt end as well: a day and more of them, and a host is asked.
  const limit = attempt ? Math.min(meaning.attempts ?? parts.mostAttempts, parts.mostAttempts) : parts.mostAttempts;
  if (!endless && failures >= limit) return { kind: 'fail', reason, detail };
  return { kind: 'wait', nextAt: later(parts, waitFor(parts, failures, failure)), reason, detail, attempt };
}

/** Milliseconds to wait: our own patience, or the site's wish within it. */
export function waitFor(parts: SettlementParts, failures: number, { retryAfterMs }: { retryAfterMs?: number }): number {
  const wished = Math.min(retryAfterMs ?? 0, parts.backoff.longestMs);
  return Math.max(waitAfter(failures, parts.random(), parts.backoff), wished);
}

/** So many milliseconds from now, ISO 8601. */
export function later(parts: Pick<SettlementParts, 'now'>, ms: number): string {
  return new Date(parts.now().getTime() + ms).toISOString();
}
