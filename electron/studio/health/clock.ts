import type { HealthCheck } from '../../../shared/contract/health.ts';
import type { ClockState } from '../../../shared/domain/clock.ts';

/**
 * A clock that is not believed stops whatever cannot be undone, until a host says what day it is; `unsure` portraits
 * wait for the same word although the clock is believed. A system clock that is known to be wrong is only worth setting.
 */
export function checkClock({ trusted, reason, now, asked, offsetMs }: ClockState, unsure: number): HealthCheck {
  const figures = { now, asked: asked ?? '' };
  if (!trusted) return { id: 'clock', severity: 'bad', code: reason ?? 'behind', figures };
  if (unsure > 0) return { id: 'clock', severity: 'notice', code: 'due', figures: { ...figures, unsure } };
  if (offsetMs !== 0) return { id: 'clock', severity: 'notice', code: 'set', figures };
  return { id: 'clock', severity: 'good', code: 'ok', figures };
}
