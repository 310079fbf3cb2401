import type { Db } from '../../electron/studio/library/database.ts';
import { newId } from '../../shared/domain/ids.ts';

const at = '2023-04-14T09:00:00.000Z';

/** Puts `count` approved portraits, with their consents, into an empty library; answers their ids. */
export function seedApproved(db: Db, count: number): string[] {
  db.prepare(`INSERT OR IGNORE INTO question_sets (id, name) VALUES ('rig', 'Rig')`).run();
  db.prepare(`INSERT OR IGNORE INTO events (id, name, town, day, theme, languages, limit_seconds, question_set_id, created_at)
    VALUES ('rig', 'Rig', 'Dunkerque', '2023-04-14', '{"fr":"Le sport"}', '["fr"]', 90, 'rig', ?)`).run(at);
  const speaker = db.prepare(`INSERT INTO speakers (id, first_name, trade) VALUES (?, '', '')`);
  const portrait = db.prepare(`INSERT INTO portraits (id, state, event_id, speaker_id, question_set_id, question_id,
    language, title, text, token_hash, confirmed, created_at, updated_at)
    VALUES (?, 'approved', 'rig', ?, 'rig', 'rig', 'fr', ?, ?, 'none', 1, ?, ?)`);
  const consent = db.prepare(`INSERT INTO consents (id, portrait_id, text_version, text_sha256, language, answer,
    answered_at, recorded_at) VALUES (?, ?, '1', '', 'fr', 'yes', ?, ?)`);
  return Array.from({ length: count }, (_, index) => {
    const id = newId();
    speaker.run(id);
    portrait.run(id, id, `Portrait n° ${index + 1} & <voix>`, `Premier.\n\nSecond [gallery], n° ${index + 1}.`, at, at);
    consent.run(newId(), id, at, at);
    return id;
  });
}

/** Whether the portrait's consent stands in the library. */
export function hasConsent(db: Db, portraitId: string): boolean {
  return db.prepare('SELECT 1 FROM consents WHERE portrait_id = ?').get(portraitId) !== undefined;
}
