import type { DeliveryDirection, DeliveryState } from '../../../shared/contract/delivery.ts';
import type { GateAnswer, GateRefusal, Purpose } from '../../../shared/domain/consent.ts';
import type { DeliveryRecord } from '../../../shared/domain/delivery.ts';
import type { PortraitState } from '../../../shared/domain/portrait.ts';
import { type Actor, audit } from './audit.ts';
import { type Db, transaction } from './database.ts';

export const deliveryColumns = `d.id, d.portrait_id AS portraitId, d.destination_id AS destinationId, d.state, d.direction, d.step,
  d.memo, d.attempts, d.misses, d.reason, d.detail, d.next_at AS nextAt, d.url, d.created_at AS createdAt,
  s.name AS destinationName, s.kind AS destinationKind, s.purpose, s.paused, s.hold_reason AS holdReason, s.hold_detail AS holdDetail,
  s.hold_next AS holdNext, p.title AS portraitTitle`;
export const deliveryTables = `deliveries d JOIN destinations s ON s.id = d.destination_id
  JOIN portraits p ON p.id = d.portrait_id`;

/** Most rows the hosts' list shows; what still needs somebody comes first. */
const listLimit = 500;

export interface Enqueue {
  /** Id for the delivery should it be new. */
  id: string;
  portraitId: string;
  destinationId: string;
  actor: Actor;
}

/**
 * Queues a portrait inside the caller's transaction, so that a change of the portrait and the delivery it causes stand
 * or fall together. The pair is unique: a waiting, running or done delivery stays as it is, a failed or cancelled one
 * starts again. Answers the delivery's id.
 */
export function enqueueDelivery(db: Db, wanted: Enqueue, at: string): string {
  const { id, portraitId, destinationId, actor } = wanted;
  const known = db
    .prepare<[string, string], { id: string; state: DeliveryState; direction: DeliveryDirection }>(
      `SELECT id, state, direction FROM deliveries WHERE portrait_id = ? AND destination_id = ?`,
    )
    .get(portraitId, destinationId);
  // Allowed again after a withdrawal: the same row turns round, whether it was taken down already or not.
  if (known?.direction === 'remove') turnRound(db, known.id, at);
  else if (known !== undefined && known.state !== 'failed' && known.state !== 'cancelled') return known.id;
  if (known === undefined) {
    db.prepare(`INSERT INTO deliveries (id, portrait_id, destination_id, state, next_at, created_at, updated_at)
      VALUES (@id, @portraitId, @destinationId, 'waiting', @at, @at, @at)`).run({ id, portraitId, destinationId, at });
  } else {
    startAgain(db, known.id, at);
  }
  const queued = known?.id ?? id;
  audit(db, { at, actor, action: 'delivery-queued', portraitId, detail: { id: queued, destinationId } });
  return queued;
}

/** The site of a delivery is asked at once, where it is held. */
const askNow = `UPDATE destinations SET hold_next = @at
  WHERE hold_reason IS NOT NULL AND id = (SELECT destination_id FROM deliveries WHERE id = @id)`;

/** From the first step, with no attempt counted; the memo stays, so that nothing already on the site is doubled. */
function startAgain(db: Db, id: string, at: string): void {
  db.prepare(`UPDATE deliveries SET state = 'waiting', step = 0, attempts = 0, misses = 0, reason = NULL,
    detail = NULL, next_at = @at, updated_at = @at WHERE id = @id AND state IN ('waiting','failed','cancelled')`).run({
    id,
    at,
  });
}

/** Back to sending. What is still on the site is found there again by its slug, so the memo may be forgotten. */
function turnRound(db: Db, id: string, at: string): void {
  db.prepare(`UPDATE deliveries SET direction = 'send', state = 'cancelled', memo = '{}', lease_token = NULL,
    lease_until = NULL, updated_at = @at WHERE id = @id`).run({ id, at });
}

/** Due before everything that waits to be sent: somebody wants to be taken down. */
const dueFirst = new Date(0).toISOString();

interface Standing extends Pick<DeliveryRecord, 'id' | 'direction'> {
  /** No request of it can have reached the site. */
  untouched: 0 | 1;
  removedAt: string | null;
}

/**
 * Inside the caller's transaction: from now on nothing of the portrait goes to destinations for these purposes (or to
 * any), and what may stand there is taken down. A delivery that never sent anything is cancelled; any other turns round,
 * also one that failed, was cancelled, or is on its way at this moment (it loses its lease). What stands on a site that
 * was removed from the list stays `done`: the booth has no password for it any more, and somebody has to ask there.
 * Answers the deliveries whose run, if there is one, should end.
 */
export function takeDownDeliveries(
  db: Db,
  wanted: { portraitId: string; purposes: readonly string[] | 'all'; actor: Actor },
  at: string,
): string[] {
  const { portraitId, purposes, actor } = wanted;
  const taken: string[] = [];
  const found = db
    .prepare<{ portraitId: string; purposes: string | null }, Standing>(
      `SELECT d.id, d.direction, s.removed_at AS removedAt,
         d.memo = '{}' AND d.step <= 1 AND d.attempts = 0 AND d.misses = 0 AND d.state NOT IN ('running','done')
           AS untouched
       FROM deliveries d JOIN destinations s ON s.id = d.destination_id
       WHERE d.portrait_id = @portraitId
         AND (@purposes IS NULL OR s.purpose IN (SELECT value FROM json_each(@purposes))) ORDER BY d.id`,
    )
    .all({ portraitId, purposes: purposes === 'all' ? null : JSON.stringify(purposes) });
  const leave = `lease_token = NULL, lease_until = NULL, reason = NULL, detail = NULL, attempts = 0, misses = 0,
    updated_at = @at`;
  const cancel = db.prepare(`UPDATE deliveries SET state = 'cancelled', ${leave} WHERE id = @id`);
  const askSite = db.prepare(askNow);
  const turn = db.prepare(`UPDATE deliveries SET direction = 'remove', state = 'waiting', step = 0, next_at = @dueFirst,
    ${leave} WHERE id = @id`);
  for (const { id, direction, untouched, removedAt } of found) {
    if (direction === 'remove' || (removedAt !== null && untouched === 0)) continue;
    taken.push(id);
    if (untouched === 1) cancel.run({ id, at });
    else turn.run({ id, at, dueFirst });
    // A site that was given up on is asked again: somebody waits for this.
    if (untouched === 0) askSite.run({ id, at });
    const action = untouched === 1 ? 'delivery-cancelled' : 'take-down-queued';
    audit(db, { at, actor, action, portraitId, detail: { id } });
  }
  return taken;
}
export type PublishOutcome =
  | { ok: true; delivery: DeliveryRecord }
  | { ok: false; code: 'NOT_FOUND' }
  | { ok: false; code: 'NO_CONSENT'; why: GateRefusal }
  | { ok: false; code: 'WRONG_STATE'; state: PortraitState };

/** The hosts' side of the queue. */
export function deliveriesRepository(db: Db, now: () => Date) {
  const one = db.prepare<[string], DeliveryRecord>(
    `SELECT ${deliveryColumns} FROM ${deliveryTables} WHERE d.id = ? AND s.removed_at IS NULL`,
  );
  const all = db.prepare<[number], DeliveryRecord>(`SELECT ${deliveryColumns} FROM ${deliveryTables}
    ORDER BY d.state IN ('waiting','running','failed') DESC, d.id DESC LIMIT ?`);
  const portrait = db.prepare<[string], { state: PortraitState }>(`SELECT state FROM portraits WHERE id = ?`);
  const destination = db.prepare<[string], { purpose: Purpose }>(
    `SELECT purpose FROM destinations WHERE id = ? AND removed_at IS NULL`,
  );
  const cancel = db.prepare(`UPDATE deliveries SET state = 'cancelled', reason = NULL, detail = NULL,
    lease_token = NULL, lease_until = NULL, updated_at = @at
    WHERE id = @id AND direction = 'send' AND state IN ('waiting','running','failed')`);
  const stamp = () => now().toISOString();
  const counts = db.prepare<[], { state: DeliveryState; n: number }>(
    `SELECT state, count(*) AS n FROM deliveries GROUP BY state`,
  );

  const standing = db.prepare<[string], { portraitId: string; code: string; memo: string }>(
    `SELECT d.portrait_id AS portraitId, p.code, d.memo FROM deliveries d JOIN portraits p ON p.id = d.portrait_id
     WHERE d.destination_id = ? AND d.direction = 'send' AND d.state = 'done' AND p.code IS NOT NULL ORDER BY d.id`,
  );

  return {
    get: (id: string): DeliveryRecord | undefined => one.get(id),
    list: (): DeliveryRecord[] => all.all(listLimit),
    /** How many deliveries stand in each state. */
    counts: (): Partial<Record<DeliveryState, number>> => Object.fromEntries(counts.all().map((c) => [c.state, c.n])),

    standing: (destinationId: string): { portraitId: string; code: string; memo: string }[] =>
      standing.all(destinationId),

    /** Checks the portrait and queues it, in one transaction; the gate is asked inside it. */
    publish(wanted: Enqueue, mayUse: (portraitId: string, purpose: Purpose) => GateAnswer): PublishOutcome {
      return transaction(db, (): PublishOutcome => {
        const state = portrait.get(wanted.portraitId)?.state;
        const purpose = destination.get(wanted.destinationId)?.purpose;
        if (state === undefined || purpose === undefined) return { ok: false, code: 'NOT_FOUND' };
        if (state !== 'approved' && state !== 'published') return { ok: false, code: 'WRONG_STATE', state };
        const answer = mayUse(wanted.portraitId, purpose);
        if (!answer.allowed) return { ok: false, code: 'NO_CONSENT', why: answer.why };
        const delivery = one.get(enqueueDelivery(db, wanted, stamp()));
        return delivery === undefined ? { ok: false, code: 'NOT_FOUND' } : { ok: true, delivery };
      });
    },

    /** A waiting, failed or cancelled delivery becomes due, with its attempts forgotten; others stay as they are. */
    retry(id: string, actor: Actor): DeliveryRecord | undefined {
      return transaction(db, () => {
        const before = one.get(id);
        if (before === undefined || before.state === 'running' || before.state === 'done') return before;
        const at = stamp();
        startAgain(db, id, at);
        db.prepare(askNow).run({ id, at });
        audit(db, { at, actor, action: 'delivery-retried', portraitId: before.portraitId, detail: { id } });
        return one.get(id);
      });
    },

    /** Ends an unfinished delivery; who runs it finds its lease gone. */
    cancel(id: string, actor: Actor): DeliveryRecord | undefined {
      return transaction(db, () => {
        const before = one.get(id);
        const at = stamp();
        if (before === undefined || cancel.run({ id, at }).changes === 0) return before;
        audit(db, { at, actor, action: 'delivery-cancelled', portraitId: before.portraitId, detail: { id } });
        return one.get(id);
      });
    },
  };
}
