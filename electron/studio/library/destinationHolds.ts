import type { DeliveryReason } from '../../../shared/contract/delivery.ts';
import type { BetterAddress } from '../../../shared/domain/delivery.ts';
import type { Db } from './database.ts';

/** A destination whose site is in trouble, leased to be asked. */
export interface Held {
  id: string;
  kind: string;
  reason: DeliveryReason;
  since: string;
  asks: number;
  removing: boolean;
  until: string;
}

interface Found {
  reason: DeliveryReason;
  detail: string;
  better?: BetterAddress;
}

/** Nothing of a hold is left; who asks the site at this moment finishes first. */
export const noHold = `hold_reason = NULL, hold_detail = '', hold_better = NULL, hold_since = NULL, hold_next = NULL,
  hold_asks = 0`;

/**
 * Destinations whose sites are in trouble. Who asks one has a lease on it, until which nobody else asks or delivers
 * there; every later write names it, and changes no hold that somebody resumed or saved meanwhile.
 */
export function destinationHolds(db: Db) {
  const waits = `hold_reason IS NOT NULL AND paused IS NULL AND removed_at IS NULL
    AND EXISTS (SELECT 1 FROM deliveries d WHERE d.destination_id = destinations.id AND d.state = 'waiting')`;
  const due = db.prepare<{ now: string }, Omit<Held, 'removing' | 'until'> & { removing: 0 | 1 }>(
    `SELECT id, kind, hold_reason AS reason, hold_since AS since, hold_asks AS asks,
       EXISTS (SELECT 1 FROM deliveries d WHERE d.destination_id = destinations.id AND d.state = 'waiting'
         AND d.direction = 'remove') AS removing
     FROM destinations WHERE ${waits} AND hold_next <= @now AND (hold_lease IS NULL OR hold_lease <= @now)
     ORDER BY hold_next, id LIMIT 1`,
  );
  const lease = db.prepare(`UPDATE destinations SET hold_lease = @until WHERE id = @id`);
  const fence = `id = @id AND hold_reason IS NOT NULL AND hold_lease = @until`;
  const release = db.prepare(`UPDATE destinations SET hold_lease = NULL WHERE id = @id AND hold_lease = @until`);
  const renew = db.prepare(`UPDATE destinations SET hold_lease = @longer WHERE id = @id AND hold_lease = @until`);
  const hold = db.prepare(`UPDATE destinations SET hold_reason = @reason, hold_detail = @detail, hold_better = @better,
    hold_since = coalesce(hold_since, @at), hold_next = @nextAt
    WHERE id = (SELECT destination_id FROM deliveries WHERE id = @delivery)`);
  const keep = db.prepare(`UPDATE destinations SET hold_reason = @reason, hold_detail = @detail, hold_better = @better,
    hold_next = @nextAt, hold_asks = hold_asks + 1 WHERE ${fence}`);
  const pause = db.prepare(`UPDATE destinations SET paused = @reason, ${noHold} WHERE ${fence}`);
  const end = db.prepare(`UPDATE destinations SET ${noHold} WHERE ${fence}`);
  // What waited for the same trouble by itself goes on as well.
  const free = db.prepare(`UPDATE deliveries SET next_at = min(next_at, @at)
    WHERE destination_id = @id AND state = 'waiting' AND reason IN (@reason, 'offline')`);
  const awake = db.prepare(`UPDATE destinations SET hold_next = @at
    WHERE hold_reason IN ('offline','portal','slow') AND (hold_next IS NULL OR hold_next > @at)`);
  const tooFar = db.prepare(`UPDATE destinations SET hold_next = @now WHERE hold_next > @horizon`);
  const longLeased = db.prepare(`UPDATE destinations SET hold_lease = NULL
    WHERE hold_lease <= @now OR hold_lease > @horizon`);
  const next = db
    .prepare<[], string | null>(
      `SELECT min(at) FROM (SELECT max(hold_next, coalesce(hold_lease, '')) AS at FROM destinations WHERE ${waits}
        UNION ALL SELECT hold_lease FROM destinations)`,
    )
    .pluck();
  const stored = (better: BetterAddress | undefined) => (better === undefined ? null : JSON.stringify(better));

  return {
    /** Inside the caller's transaction: the destination of this delivery is held. */
    hold(delivery: string, at: string, { reason, detail, better, nextAt }: Found & { nextAt: string }): void {
      hold.run({ delivery, at, reason, detail, better: stored(better), nextAt });
    },
    /** A held site that is to be asked now, with something waiting for it. */
    claimHold(now: string, until: string): Held | undefined {
      const found = due.get({ now });
      if (found === undefined) return undefined;
      lease.run({ id: found.id, until });
      return { ...found, removing: found.removing === 1, until };
    },
    /** Who asks takes longer than its lease; answers false once it is no longer theirs. */
    renewHold: ({ id, until }: Held, longer: string): boolean => renew.run({ id, until, longer }).changes === 1,
    keepHold({ id, until }: Held, { reason, detail, better, nextAt }: Found & { nextAt: string | null }): void {
      keep.run({ id, until, reason, detail, better: stored(better), nextAt });
      release.run({ id, until });
    },
    pauseHeld({ id, until }: Held, reason: 'login' | 'role'): void {
      pause.run({ id, until, reason });
      release.run({ id, until });
    },
    /** The site is well again. */
    endHold({ id, until, reason }: Held, at: string): void {
      if (end.run({ id, until }).changes > 0) free.run({ id, at, reason });
      release.run({ id, until });
    },
    /** Who asked was stopped before the site answered. */
    leaveHold({ id, until }: Held): void {
      release.run({ id, until });
    },
    /** The way to the net is back: sites that were not reached are asked at once. */
    wakeHolds: (at: string): number => awake.run({ at }).changes,
    /** Frees what a process that died had leased. Times beyond `horizon` come from a clock that was wrong. */
    rescueHolds: (now: string, horizon: string): number =>
      tooFar.run({ now, horizon }).changes + longLeased.run({ now, horizon }).changes,
    /** When a site is to be asked next. */
    nextAsk: (): string | undefined => next.get() ?? undefined,
  };
}
