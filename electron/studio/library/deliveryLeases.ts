import type { DeliveryReason } from '../../../shared/contract/delivery.ts';
import type { Purpose } from '../../../shared/domain/consent.ts';
import type { DeliveryRecord, Settlement } from '../../../shared/domain/delivery.ts';
import { mayMove, type PortraitState } from '../../../shared/domain/portrait.ts';
import { audit } from './audit.ts';
import { type Db, transaction } from './database.ts';
import { deliveryColumns, deliveryTables } from './deliveries.ts';
import { destinationHolds, noHold } from './destinationHolds.ts';

/** The delivery that is due longest, among destinations that are neither paused, held nor busy. */
export const dueQuery = `SELECT d.id FROM deliveries d JOIN destinations s ON s.id = d.destination_id
  WHERE d.state = 'waiting' AND d.next_at <= @now AND (@sends OR d.direction = 'remove')
    AND s.paused IS NULL AND s.hold_reason IS NULL AND s.removed_at IS NULL
    AND (s.hold_lease IS NULL OR s.hold_lease <= @now)
    AND NOT EXISTS (SELECT 1 FROM deliveries r WHERE r.destination_id = d.destination_id AND r.state = 'running')
  ORDER BY d.next_at, d.id LIMIT 1`;

/**
 * The queue's side of the deliveries. Claiming gives a lease with a token; every later write names the token and
 * answers false, changing nothing, once the lease is somebody else's. So a worker that slept too long cannot undo
 * what its successor did.
 */
export function deliveryLeasesRepository(db: Db) {
  const holds = destinationHolds(db);
  const fence = `id = @id AND lease_token = @token AND state = 'running'`;
  const next = db.prepare<{ now: string; sends: 0 | 1 }, { id: string }>(dueQuery);
  const take = db.prepare(`UPDATE deliveries SET state = 'running', lease_token = @token, lease_until = @until,
    updated_at = @now WHERE id = @id`);
  const one = db.prepare<[string], DeliveryRecord>(`SELECT ${deliveryColumns} FROM ${deliveryTables} WHERE d.id = ?`);
  const expired = db.prepare(`UPDATE deliveries SET state = 'waiting', lease_token = NULL, lease_until = NULL,
    attempts = attempts + 1, next_at = @now, updated_at = @now
    WHERE state = 'running' AND (lease_until <= @now OR lease_until > @horizon)`);
  const tooFar = db.prepare(`UPDATE deliveries SET next_at = @now WHERE state = 'waiting' AND next_at > @horizon`);
  const renew = db.prepare(`UPDATE deliveries SET lease_until = @until WHERE ${fence}`);
  const note = db.prepare(`UPDATE deliveries SET memo = @memo, updated_at = @at WHERE ${fence}`);
  const advance = db.prepare(`UPDATE deliveries SET step = @step, memo = @memo, misses = 0, reason = NULL,
    detail = NULL, updated_at = @at WHERE ${fence}`);
  const leave = `lease_token = NULL, lease_until = NULL, updated_at = @at`;
  const finish = db.prepare(`UPDATE deliveries SET state = 'done', step = @step, memo = @memo, url = @url,
    misses = 0, reason = NULL, detail = NULL, ${leave} WHERE ${fence}`);
  const wait = db.prepare(`UPDATE deliveries SET state = 'waiting', next_at = @nextAt, reason = @reason,
    detail = @detail, attempts = attempts + @attempts, misses = misses + @misses, ${leave} WHERE ${fence}`);
  const release = db.prepare(`UPDATE deliveries SET state = 'waiting', next_at = @at, ${leave} WHERE ${fence}`);
  const rest = db.prepare(`UPDATE deliveries SET state = 'waiting', step = @step, memo = @memo, next_at = @nextAt,
    misses = 0, reason = NULL, detail = NULL, ${leave} WHERE ${fence}`);
  // What pointed to the site is forgotten with what stood there.
  const gone = db.prepare(`UPDATE deliveries SET state = 'done', step = @step, memo = '{}', url = NULL, misses = 0,
    reason = NULL, detail = NULL, ${leave} WHERE ${fence} AND direction = 'remove'`);
  const back = db.prepare(`UPDATE deliveries SET state = 'waiting', step = @step, memo = @memo, next_at = @nextAt,
    attempts = attempts + 1, reason = 'siteError', detail = @detail, ${leave} WHERE ${fence}`);
  const stop = db.prepare(`UPDATE deliveries SET state = @state, reason = @reason, detail = @detail, ${leave}
    WHERE ${fence}`);
  const pause = db.prepare(`UPDATE destinations SET paused = @reason, ${noHold}
    WHERE id = (SELECT destination_id FROM deliveries WHERE id = @id)`);
  const wake = db.prepare(`UPDATE deliveries SET next_at = min(next_at, @at)
    WHERE state = 'waiting' AND reason = 'offline'`);
  const due = db.prepare<{ sends: 0 | 1 }, { at: string | null }>(`SELECT min(at) AS at FROM (
    SELECT d.next_at AS at FROM ${deliveryTables}
      WHERE d.state = 'waiting' AND (@sends OR d.direction = 'remove')
        AND s.paused IS NULL AND s.hold_reason IS NULL AND s.hold_lease IS NULL AND s.removed_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM deliveries r WHERE r.destination_id = d.destination_id AND r.state = 'running')
    UNION ALL SELECT lease_until FROM deliveries WHERE state = 'running')`);
  const portrait = db.prepare<[string], { state: PortraitState }>(`SELECT p.state FROM portraits p
    JOIN deliveries d ON d.portrait_id = p.id WHERE d.id = ?`);
  const published = db.prepare(`UPDATE portraits SET state = 'published', revision = revision + 1, updated_at = @at
    WHERE id = (SELECT portrait_id FROM deliveries WHERE id = @id)`);
  const purpose = db
    .prepare<[string], Purpose>(
      'SELECT s.purpose FROM deliveries d JOIN destinations s ON s.id = d.destination_id WHERE d.id = ?',
    )
    .pluck();
  const portraitId = db.prepare<[string], string>('SELECT portrait_id FROM deliveries WHERE id = ?').pluck();

  function record(id: string, at: string, action: string, reason: DeliveryReason | null = null): void {
    const portrait = portraitId.get(id);
    audit(db, { at, actor: 'studio', action, ...(portrait && { portraitId: portrait }), detail: { id, reason } });
  }

  return {
    /**
     * Frees the leases that ran out, as an attempt each: a delivery that brings the studio down must not do so for
     * ever. Times beyond `horizon` come from a clock that was wrong, and become due as well.
     */
    rescue(now: string, horizon: string): number {
      return transaction(
        db,
        () =>
          expired.run({ now, horizon }).changes +
          tooFar.run({ now, horizon }).changes +
          holds.rescueHolds(now, horizon),
      );
    },

    /** Leases the delivery that is due longest, one a destination, or answers undefined. */
    claim({ sends = true, ...lease }: { now: string; token: string; until: string; sends?: boolean }) {
      return transaction(db, () => {
        const found = next.get({ now: lease.now, sends: sends ? 1 : 0 });
        if (found === undefined) return undefined;
        take.run({ id: found.id, ...lease });
        return one.get(found.id);
      });
    },

    renew: (id: string, token: string, until: string): boolean => renew.run({ id, token, until }).changes === 1,

    /** Keeps what a step knows before it asks the site to change something. */
    note: (id: string, token: string, memo: string, at: string): boolean =>
      note.run({ id, token, memo, at }).changes === 1,

    /** A step is done. */
    advance: (id: string, token: string, done: { step: number; memo: string; at: string }): boolean =>
      advance.run({ id, token, ...done }).changes === 1,

    /** The last step is done: in the same transaction the portrait becomes published, where its state allows. */
    finish(id: string, token: string, done: { step: number; memo: string; url: string; at: string }): boolean {
      return transaction(db, () => {
        if (finish.run({ id, token, ...done }).changes === 0) return false;
        const state = portrait.get(id)?.state;
        const moves = state !== undefined && mayMove(state, 'published');
        if (moves) published.run({ id, at: done.at });
        record(id, done.at, moves ? 'published' : 'delivery-done');
        return true;
      });
    },

    /** What stood on the site is gone. */
    takenDown(id: string, token: string, done: { step: number; at: string }): boolean {
      return transaction(db, () => {
        if (gone.run({ id, token, ...done }).changes === 0) return false;
        record(id, done.at, 'taken-down');
        return true;
      });
    },

    settle(id: string, token: string, at: string, how: Settlement): boolean {
      return transaction(db, () => {
        const key = { id, token, at };
        switch (how.kind) {
          case 'wait': {
            const { nextAt, reason, detail } = how;
            const counted = { attempts: how.attempt ? 1 : 0, misses: how.attempt ? 0 : 1 };
            return wait.run({ ...key, nextAt, reason, detail, ...counted }).changes === 1;
          }
          case 'hold': {
            if (release.run(key).changes === 0) return false;
            holds.hold(id, at, how);
            return true;
          }
          case 'rest':
            return rest.run({ ...key, step: how.step, memo: how.memo, nextAt: how.nextAt }).changes === 1;
          case 'release':
            return release.run(key).changes === 1;
          case 'back':
            return (
              back.run({ ...key, step: how.step, memo: how.memo, nextAt: how.nextAt, detail: how.detail }).changes === 1
            );
          case 'pause': {
            const { reason, detail } = how;
            const paused = wait.run({ ...key, nextAt: at, reason, detail, attempts: 0, misses: 0 }).changes === 1;
            if (paused) pause.run({ id, reason });
            return paused;
          }
          case 'fail':
          case 'drop': {
            const state = how.kind === 'fail' ? 'failed' : 'cancelled';
            const detail = how.kind === 'fail' ? how.detail : null;
            const stopped = stop.run({ ...key, state, reason: how.reason, detail }).changes === 1;
            if (stopped) record(id, at, `delivery-${state}`, how.reason);
            return stopped;
          }
        }
      });
    },

    /** The way to the net is back: what waited for it becomes due, and sites that were not reached are asked. */
    online: (at: string): number => wake.run({ at }).changes + holds.wakeHolds(at),

    /** The portrait's state as it is now. */
    portraitState: (id: string): PortraitState | undefined => portrait.get(id)?.state,

    /** What its destination needs the portrait to allow, as it is now. */
    purpose: (id: string): Purpose | undefined => purpose.get(id),

    /** When there is something to do next: a delivery comes due, a held site is to be asked, or a lease runs out. */
    nextDue(sends = true): string | undefined {
      const [earliest] = [due.get({ sends: sends ? 1 : 0 })?.at, holds.nextAsk()]
        .filter((at) => typeof at === 'string')
        .sort();
      return earliest;
    },

    claimHold: holds.claimHold,
    renewHold: holds.renewHold,
    keepHold: holds.keepHold,
    pauseHeld: holds.pauseHeld,
    endHold: holds.endHold,
    leaveHold: holds.leaveHold,
  };
}
