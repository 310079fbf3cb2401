import type { ErasureReason } from '../../../../shared/domain/evidence.ts';
import type { Db } from '../database.ts';
import type { Ends } from './ends.ts';

/**
 * From now on every end that is written through this handle is in `ends` before its transaction can be committed, whoever
 * writes: the triggers are the handle's own and stand in no file.
 */
export function watchEnds(db: Db, ends: Ends): void {
  db.function('note_erased', (portraitId: string, reason: ErasureReason, at: string, seq: number) => {
    ends.note({ portraitId, at, erased: reason, allowed: [], seq });
    return null;
  });
  db.function('note_allowed', (portraitId: string, allowed: string, at: string, seq: number) => {
    ends.note({ portraitId, at, erased: null, allowed: JSON.parse(allowed), seq });
    return null;
  });
  db.exec(`
    CREATE TEMP TRIGGER end_noted AFTER INSERT ON main.consent_records WHEN NEW.kind = 'erasure' BEGIN
      SELECT note_erased(NEW.portrait_id, NEW.facts ->> '$.reason', NEW.at, NEW.seq);
    END;
    CREATE TEMP TRIGGER choice_noted AFTER UPDATE OF purposes ON main.consent_now
    WHEN OLD.purposes IS NOT NULL AND OLD.purposes IS NOT NEW.purposes BEGIN
      SELECT note_allowed(NEW.portrait_id, coalesce(NEW.purposes, '[]'), r.at, r.seq) FROM consent_records r
      WHERE r.portrait_id = NEW.portrait_id ORDER BY r.seq DESC LIMIT 1;
    END;`);
}
