import type { DeliveryReason } from '../../../shared/contract/delivery.ts';
import type { BetterAddress, DestinationHold, DestinationRecord } from '../../../shared/domain/delivery.ts';
import { type Actor, audit } from './audit.ts';
import { type Db, transaction } from './database.ts';
import { noHold } from './destinationHolds.ts';

const columns = `id, kind, name, url, user, purpose, paused, plain_accepted AS plainAccepted, hold_reason AS holdReason, hold_detail AS holdDetail,
  hold_better AS holdBetter, hold_since AS holdSince, hold_next AS holdNext`;

interface Row extends Omit<DestinationRecord, 'hold' | 'plainAccepted'> {
  plainAccepted: number;
  holdReason: DeliveryReason | null;
  holdDetail: string;
  holdBetter: string | null;
  holdSince: string | null;
  holdNext: string | null;
}

function recordOf({
  holdReason,
  holdDetail,
  holdBetter,
  holdSince,
  holdNext,
  plainAccepted,
  ...rest
}: Row): DestinationRecord {
  const plain = { ...rest, plainAccepted: plainAccepted === 1 };
  if (holdReason === null || holdSince === null) return { ...plain, hold: null };
  const hold: DestinationHold = { reason: holdReason, detail: holdDetail, since: holdSince, nextAt: holdNext };
  // Written by ourselves, as text.
  if (holdBetter !== null) hold.better = JSON.parse(holdBetter) as BetterAddress;
  return { ...plain, hold };
}

/** Destinations as stored; a removed one keeps its row, because done deliveries name it. */
export function destinationsRepository(db: Db, now: () => Date) {
  const all = db.prepare<[], Row>(
    `SELECT ${columns} FROM destinations WHERE removed_at IS NULL ORDER BY created_at, id`,
  );
  const one = db.prepare<[string], Row>(`SELECT ${columns} FROM destinations WHERE id = ? AND removed_at IS NULL`);
  const insert =
    db.prepare(`INSERT INTO destinations (id, kind, name, url, user, purpose, paused, plain_accepted, created_at)
    VALUES (@id, @kind, @name, @url, @user, @purpose, @paused, @plainAccepted, @at)`);
  const update = db.prepare(`UPDATE destinations SET kind = @kind, name = @name, url = @url, user = @user,
    purpose = @purpose, paused = @paused, plain_accepted = @plainAccepted WHERE id = @id`);
  // What was learnt of the former site (its ids) means nothing on another one.
  const forget = db.prepare(`UPDATE deliveries SET step = 0, memo = '{}', updated_at = @at,
    state = CASE state WHEN 'running' THEN 'waiting' ELSE state END, lease_token = NULL, lease_until = NULL
    WHERE destination_id = @id AND state <> 'done'`);
  const due = db.prepare(`UPDATE deliveries SET next_at = @at, reason = NULL, detail = NULL, misses = 0
    WHERE destination_id = @id AND state = 'waiting'`);
  const waiting = db.prepare<[string], { n: number }>(
    `SELECT count(*) AS n FROM deliveries WHERE destination_id = ? AND state IN ('waiting','running')`,
  );
  const remove = db.prepare(`UPDATE destinations SET removed_at = @at WHERE id = @id`);
  const resume = db.prepare(`UPDATE destinations SET paused = NULL, ${noHold} WHERE id = @id`);
  const endHold = db.prepare(`UPDATE destinations SET ${noHold} WHERE id = @id`);
  const stamp = () => now().toISOString();

  return {
    list: (): DestinationRecord[] => all.all().map(recordOf),
    get(id: string): DestinationRecord | undefined {
      const row = one.get(id);
      return row && recordOf(row);
    },

    /**
     * Makes or changes a destination. `otherSite`: it now points to another site or account, so what its unfinished
     * deliveries know of the former one is forgotten. Everything waiting for it becomes due.
     */
    save(record: DestinationRecord, change: { actor: Actor; otherSite: boolean }): void {
      transaction(db, () => {
        const at = stamp();
        const { hold, plainAccepted, ...rest } = record;
        const fields = { ...rest, plainAccepted: plainAccepted === true ? 1 : 0 };
        if (one.get(record.id) === undefined) insert.run({ ...fields, at });
        else update.run(fields);
        // Changed so that it may do now: no longer held; the next delivery shows it.
        if (hold === null) endHold.run({ id: record.id });
        if (change.otherSite) forget.run({ id: record.id, at });
        due.run({ id: record.id, at });
        const { id, kind, url } = record;
        audit(db, { at, actor: change.actor, action: 'destination-saved', detail: { id, kind, url } });
      });
    },

    /** Refused while deliveries wait for it: answers how many do, or 0 once it is removed. */
    remove(id: string, actor: Actor): { waiting: number } {
      return transaction(db, () => {
        const n = waiting.get(id)?.n ?? 0;
        if (n > 0) return { waiting: n };
        const at = stamp();
        remove.run({ id, at });
        audit(db, { at, actor, action: 'destination-removed', detail: { id } });
        return { waiting: 0 };
      });
    },

    /** Lets its deliveries go on at once. */
    resume(id: string, actor: Actor): void {
      transaction(db, () => {
        const at = stamp();
        resume.run({ id });
        due.run({ id, at });
        audit(db, { at, actor, action: 'destination-resumed', detail: { id } });
      });
    },
  };
}
