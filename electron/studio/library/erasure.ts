import type { ErasureReason, ToErase } from '../../../shared/domain/evidence.ts';
import { audit } from './audit.ts';
import { putErasure } from './consentActs.ts';
import type { Db } from './database.ts';
import { takeDownDeliveries } from './deliveries.ts';
import { forgetDrafts } from './drafts.ts';
import { forgetInExports } from './exports.ts';
import type { Gone } from './gone.ts';
import { closeOpen } from './siteWithdrawals.ts';

/**
 * Takes a person out of the library, inside the caller's transaction: sound, names, words, tags, notes, transcript,
 * signatures and contact go; unfinished deliveries end. What stays is a row with its id, state, code and times, the
 * hashes of the records, and what is needed to take the portrait off the sites it is on. Files are named in `to_erase`,
 * so that they go even when the studio dies now. Answers the ids of deliveries that were cut off.
 */
export function erasePerson(db: Db, portraitId: string, reason: ErasureReason, at: string): string[] {
  if (db.prepare('SELECT 1 FROM portraits WHERE id = ?').get(portraitId) === undefined) return [];
  const later = db.prepare('INSERT OR IGNORE INTO to_erase (kind, name) VALUES (?, ?)');
  const takes = db.prepare<[string], string>('SELECT id FROM takes WHERE portrait_id = ?').pluck().all(portraitId);
  const renditions = db
    .prepare<[string], string>('SELECT rendition_id FROM portrait_renditions WHERE portrait_id = ?')
    .pluck()
    .all(portraitId);
  for (const take of takes) later.run('take', take);
  for (const rendition of renditions) later.run('rendition', rendition);
  later.run('export', portraitId);
  later.run('copies', portraitId);

  putErasure(db, portraitId, reason, at);
  closeOpen(db, portraitId, 'ended', at);
  const cut = takeDownDeliveries(db, { portraitId, purposes: 'all', actor: 'studio' }, at);
  // What a site answered may quote the portrait, and markers are words.
  db.prepare('UPDATE deliveries SET detail = NULL, edit = NULL WHERE portrait_id = ?').run(portraitId);
  db.prepare('DELETE FROM edit_steps WHERE portrait_id = ?').run(portraitId);
  db.prepare(
    `UPDATE portraits SET title = '', text = '', notes = '', rating = 0, transcript = NULL, edit = NULL, take_id = NULL,
     token_hash = '', confirmed = 0, revision = revision + 1, updated_at = ? WHERE id = ?`,
  ).run(at, portraitId);
  db.prepare(
    `UPDATE speakers SET first_name = '', trade = '', cooperative_id = NULL
     WHERE id = (SELECT speaker_id FROM portraits WHERE id = ?)`,
  ).run(portraitId);
  forgetInExports(db, portraitId);
  forgetDrafts(db, portraitId);
  db.prepare('DELETE FROM takes WHERE portrait_id = ?').run(portraitId);
  db.prepare('DELETE FROM portrait_renditions WHERE portrait_id = ?').run(portraitId);
  db.prepare('DELETE FROM retention_reminders WHERE portrait_id = ?').run(portraitId);
  for (const table of ['batch_items', 'acknowledged_warnings', 'act_items']) {
    db.prepare(`DELETE FROM ${table} WHERE portrait_id = ?`).run(portraitId);
  }
  db.prepare('DELETE FROM portrait_tags WHERE portrait_id = ?').run(portraitId);
  // A tag nobody else has may be a name.
  db.prepare('DELETE FROM tags WHERE id NOT IN (SELECT tag_id FROM portrait_tags)').run();
  audit(db, { at, actor: 'studio', action: 'person-erased', portraitId, detail: { reason, takes: takes.length } });
  return cut;
}

/** What is still to be erased from the disk. */
export function erasuresRepository(db: Db) {
  const portraitOf = db.prepare<[string], { begunAt: string; state: string }>(
    'SELECT created_at AS begunAt, state FROM portraits WHERE id = ?',
  );
  return {
    /**
     * What of a portrait has to leave the copies. An older version named the time it was begun at instead of its id: that
     * stands in the files as well.
     */
    copiesOf(name: string): Gone {
      const row = portraitOf.get(name);
      if (row === undefined) return { portraitId: name, begunAt: undefined, erased: true };
      return { portraitId: name, begunAt: row.begunAt, erased: row.state === 'withdrawn' || row.state === 'erased' };
    },
    /** The copies hold nothing of the portrait any more. */
    copiesDone(portraitId: string): void {
      db.prepare("DELETE FROM to_erase WHERE kind = 'copies' AND name = ?").run(portraitId);
    },
    pending: (): ToErase[] => db.prepare<[], ToErase>('SELECT id, kind, name FROM to_erase ORDER BY id').all(),
    done(id: number): void {
      db.prepare('DELETE FROM to_erase WHERE id = ?').run(id);
    },
  };
}
