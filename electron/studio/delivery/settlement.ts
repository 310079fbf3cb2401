import type { Settlement } from '../../../shared/domain/delivery.ts';
import { type Backoff, waitAfter } from './backoff.ts';
import type { Failure } from './kind.ts';
import type { Log } from './ports.ts';
import { meanings } from './reasons.ts';

export interface SettlementParts {
  now: () => Date;
  /** 0 ≤ random < 1. */
  random: () => number;
  backoff: Backoff;
  /** Attempts after which a delivery stops by itself. */
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

/** What a failure does to this delivery, after the tries it has behind it. */
export function settlement(
  parts: SettlementParts,
  before: { attempts: number; misses: number },
  failure: Failure,
): Settlement {
  const { reason, detail } = failure;
  const meaning = meanings[reason];
  const effect = failure.effect ?? meaning.effect;
  if (effect === 'pause') return { kind: 'pause', reason: reason === 'role' ? 'role' : 'login', detail };
  if (effect === 'stop') return { kind: 'fail', reason, detail };
  const attempt = effect === 'retry';
  const limit = Math.min(meaning.attempts ?? parts.mostAttempts, parts.mostAttempts);
  if (attempt && before.attempts + 1 >= limit) return { kind: 'fail', reason, detail };
  const failures = attempt ? before.attempts + 1 : before.misses + 1;
  const own = waitAfter(failures, parts.random(), parts.backoff);
  const wished = Math.min(failure.retryAfterMs ?? 0, parts.backoff.longestMs);
  const nextAt = later(parts, Math.max(own, wished));
  return { kind: 'wait', nextAt, reason, detail, attempt, hold: effect === 'hold' };
}

/** So many milliseconds from now, ISO 8601. */
export function later(parts: Pick<SettlementParts, 'now'>, ms: number): string {
  return new Date(parts.now().getTime() + ms).toISOString();
}
