import type { ErasureReason, ToErase } from '../../../shared/domain/evidence.ts';
import { audit } from './audit.ts';
import { putErasure } from './consentActs.ts';
import type { Db } from './database.ts';

/**
 * Takes a person out of the library, inside the caller's transaction: sound, names, words, tags, notes, transcript,
 * signatures and contact go; unfinished deliveries end. What stays is a row with its id, state, code and times, the
 * hashes of the records, and what is needed to take the portrait off the sites it is on. Files are named in `to_erase`,
 * so that they go even when the studio dies now. Answers the ids of deliveries that were cut off.
 */
export function erasePerson(db: Db, portraitId: string, reason: ErasureReason, at: string): string[] {
  const begun = db.prepare<[string], string>('SELECT created_at FROM portraits WHERE id = ?').pluck().get(portraitId);
  if (begun === undefined) return [];
  const later = db.prepare('INSERT OR IGNORE INTO to_erase (kind, name) VALUES (?, ?)');
  const takes = db.prepare<[string], string>('SELECT id FROM takes WHERE portrait_id = ?').pluck().all(portraitId);
  const renditions = db
    .prepare<[string], string>('SELECT rendition_id FROM portrait_renditions WHERE portrait_id = ?')
    .pluck()
    .all(portraitId);
  for (const take of takes) later.run('take', take);
  for (const rendition of renditions) later.run('rendition', rendition);
  later.run('copies', begun);

  putErasure(db, portraitId, reason, at);
  const cut = cancelDeliveries(db, portraitId, null, at);
  db.prepare(
    `UPDATE portraits SET title = '', text = '', notes = '', rating = 0, transcript = NULL, edit = NULL, take_id = NULL,
     token_hash = '', confirmed = 0, revision = revision + 1, updated_at = ? WHERE id = ?`,
  ).run(at, portraitId);
  db.prepare(
    `UPDATE speakers SET first_name = '', trade = '', cooperative_id = NULL
     WHERE id = (SELECT speaker_id FROM portraits WHERE id = ?)`,
  ).run(portraitId);
  db.prepare('DELETE FROM takes WHERE portrait_id = ?').run(portraitId);
  db.prepare('DELETE FROM portrait_renditions WHERE portrait_id = ?').run(portraitId);
  db.prepare('DELETE FROM retention_reminders WHERE portrait_id = ?').run(portraitId);
  db.prepare('DELETE FROM portrait_tags WHERE portrait_id = ?').run(portraitId);
  // A tag nobody else has may be a name.
  db.prepare('DELETE FROM tags WHERE id NOT IN (SELECT tag_id FROM portrait_tags)').run();
  audit(db, { at, actor: 'studio', action: 'person-erased', portraitId, detail: { reason, takes: takes.length } });
  return cut;
}

/**
 * Ends the portrait's unfinished deliveries, all of them or those to destinations for these purposes; who runs one finds
 * its lease gone. Answers the ids of those that were running.
 */
export function cancelDeliveries(db: Db, portraitId: string, purposes: readonly string[] | null, at: string): string[] {
  const touched = db
    .prepare<{ portraitId: string; purposes: string | null }, { id: string; running: 0 | 1 }>(
      `SELECT d.id, d.state = 'running' AS running FROM deliveries d JOIN destinations s ON s.id = d.destination_id
       WHERE d.portrait_id = @portraitId AND d.state IN ('waiting','running','failed')
         AND (@purposes IS NULL OR s.purpose IN (SELECT value FROM json_each(@purposes)))`,
    )
    .all({ portraitId, purposes: purposes === null ? null : JSON.stringify(purposes) });
  const cancel = db.prepare(
    `UPDATE deliveries SET state = 'cancelled', reason = 'noConsent', detail = NULL, lease_token = NULL,
     lease_until = NULL, updated_at = ? WHERE id = ?`,
  );
  for (const { id } of touched) {
    cancel.run(at, id);
    audit(db, { at, actor: 'studio', action: 'delivery-cancelled', portraitId, detail: { id, reason: 'noConsent' } });
  }
  // What a site answered may quote the portrait.
  if (purposes === null) db.prepare('UPDATE deliveries SET detail = NULL WHERE portrait_id = ?').run(portraitId);
  return touched.filter(({ running }) => running === 1).map(({ id }) => id);
}

/** What is still to be erased from the disk. */
export function erasuresRepository(db: Db) {
  return {
    pending: (): ToErase[] => db.prepare<[], ToErase>('SELECT id, kind, name FROM to_erase ORDER BY id').all(),
    done(id: number): void {
      db.prepare('DELETE FROM to_erase WHERE id = ?').run(id);
    },
  };
}
