import { audit } from '../audit.ts';
import { putWithdrawal, storedScope } from '../consentActs.ts';
import { type Db, transaction } from '../database.ts';
import { takeDownDeliveries } from '../deliveries.ts';
import { erasePerson } from '../erasure.ts';
import type { End, Ends } from './ends.ts';

/** Brings an older state of the library to what people ended since; one transaction for each. Answers how many there were. */
export function applyEnds(db: Db, ends: readonly End[], at: string): number {
  let applied = 0;
  for (const end of ends) if (transaction(db, () => applyEnd(db, end, at))) applied += 1;
  return applied;
}

function applyEnd(db: Db, end: End, at: string): boolean {
  const { portraitId } = end;
  const state = db.prepare<[string], string>('SELECT state FROM portraits WHERE id = ?').pluck().get(portraitId);
  return end.erased === null
    ? narrow(db, end, at)
    : state !== undefined && erase(db, { ...end, erased: end.erased }, at);
}

/** Erased for good: what may still stand on a site is taken down as after any withdrawal. */
function erase(db: Db, { portraitId, erased }: End & { erased: NonNullable<End['erased']> }, at: string): boolean {
  const proven = db.prepare("SELECT 1 FROM consent_records WHERE portrait_id = ? AND kind = 'erasure'").get(portraitId);
  // A copy holds a whole transaction or nothing of it: with its proof in the chain, everything else of it is done.
  if (proven !== undefined) return false;
  erasePerson(db, portraitId, erased, at);
  const standing = db
    .prepare("SELECT 1 FROM deliveries WHERE portrait_id = ? AND direction = 'remove' AND state <> 'done' LIMIT 1")
    .get(portraitId);
  db.prepare('UPDATE portraits SET state = ? WHERE id = ?').run(standing ? 'withdrawn' : 'erased', portraitId);
  return true;
}

/** Takes uses back in the studio's own name: what the person said of them is no longer there to be read. */
function narrow(db: Db, { portraitId, allowed }: End, at: string): boolean {
  const gone = storedScope(db, portraitId)?.purposes?.filter((one) => !allowed.includes(one)) ?? [];
  if (gone.length === 0) return false;
  putWithdrawal(db, portraitId, { purposes: gone, all: false, by: { role: 'studio', name: null } }, at);
  takeDownDeliveries(db, { portraitId, purposes: gone, actor: 'studio' }, at);
  const detail = { all: false, purposes: gone.length };
  audit(db, { at, actor: 'studio', action: 'consent-withdrawn', portraitId, detail });
  db.prepare('UPDATE portraits SET revision = revision + 1, updated_at = ? WHERE id = ?').run(at, portraitId);
  return true;
}

/** What the library knows and the file does not: ends of older versions, or of a line that was damaged. */
export function completeEnds(db: Db, ends: Ends): void {
  const erasures = db
    .prepare<[], { portraitId: string; at: string; erased: End['erased']; seq: number }>(
      `SELECT portrait_id AS portraitId, at, facts ->> '$.reason' AS erased, seq FROM consent_records
       WHERE kind = 'erasure'`,
    )
    .all();
  for (const one of erasures) if (ends.erased(one.portraitId) === undefined) ends.note({ ...one, allowed: [] });
  const narrowed = db
    .prepare<[], { portraitId: string; at: string; purposes: string; seq: number }>(
      `SELECT w.portrait_id AS portraitId, w.at, n.purposes, max(w.seq) AS seq FROM consent_records w
         JOIN consent_now n ON n.portrait_id = w.portrait_id
       WHERE w.kind = 'withdrawal' AND n.purposes IS NOT NULL GROUP BY w.portrait_id`,
    )
    .all();
  for (const { portraitId, at, purposes, seq } of narrowed) {
    if ((ends.of(portraitId)?.seq ?? 0) < seq) {
      ends.note({ portraitId, at, erased: null, allowed: JSON.parse(purposes), seq });
    }
  }
}
