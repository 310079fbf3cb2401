import type { HealthCheck } from '../../../shared/contract/health.ts';

/**
 * A clock that stands before the library's own last entry was set back, or its battery is empty. Recording goes on (ids
 * and files do not depend on it), but the hosts are told, because days and times would be wrong.
 */
export function checkClock(now: () => Date, lastEntry: () => string | undefined): HealthCheck {
  const last = lastEntry();
  // Five minutes of slack: a network may set the clock a little back.
  const behind = last === undefined ? 0 : Date.parse(last) - now().getTime();
  if (behind > 5 * 60_000) return { id: 'clock', severity: 'bad', code: 'behind', figures: { last: last ?? '' } };
  return { id: 'clock', severity: 'good', code: 'ok', figures: { now: now().toISOString() } };
}
