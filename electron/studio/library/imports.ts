import { randomBytes } from 'node:crypto';
import type { ImportAbout } from '../../../shared/contract/import.ts';
import type { StaffActor } from '../../../shared/domain/actor.ts';
import { suggestEdit } from '../../../shared/domain/edit.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { stripOf } from '../../../shared/domain/strip.ts';
import type { TakeClosing } from '../../../shared/domain/take.ts';
import { audit } from './audit.ts';
import type { Db } from './database.ts';

/** A sound that did not come from the booth. */
export interface TakenIn {
  portraitId: string;
  takeId: string;
  about: ImportAbout;
  sampleRate: number;
  closing: TakeClosing;
}

/**
 * Writes an imported sound down as a portrait to be reviewed, inside the caller's transaction. It has no consent and is
 * not confirmed; the hash is of no token, so that no page can ever hold it.
 */
export function takeIn(db: Db, sound: TakenIn, actor: StaffActor): void {
  const { portraitId, takeId, about, sampleRate, closing } = sound;
  const { closedAt: at, verdict } = closing;
  const event = db
    .prepare<[], { id: string; set: string }>('SELECT id, question_set_id AS "set" FROM events WHERE current = 1')
    .get();
  if (event === undefined) throw new Error('there is no current event');
  const speakerId = newId();
  db.prepare("INSERT INTO speakers (id, first_name, trade) VALUES (?, '', '')").run(speakerId);
  db.prepare(
    `INSERT INTO portraits (id, state, event_id, speaker_id, question_set_id, question_id, language, title, token_hash,
     take_id, edit, created_at, updated_at) VALUES (?, 'toReview', ?, ?, ?, '', ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    portraitId,
    event.id,
    speakerId,
    event.set,
    about.language,
    about.title,
    randomBytes(32).toString('hex'),
    takeId,
    verdict ? JSON.stringify(suggestEdit(verdict.trim)) : null,
    at,
    at,
  );
  db.prepare(
    `INSERT INTO takes (id, portrait_id, state, sample_rate, device, method, started_at, closed_at, frames, sha256,
     analysis, gain_db, trim, peaks) VALUES (?, ?, 'closed', ?, '', 'import', ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    takeId,
    portraitId,
    sampleRate,
    at,
    at,
    closing.frames,
    closing.sha256,
    verdict ? JSON.stringify(verdict.analysis) : null,
    verdict?.gainDb ?? null,
    verdict ? JSON.stringify(verdict.trim) : null,
    closing.peaks ? JSON.stringify(closing.peaks) : null,
  );
  if (closing.peaks) {
    db.prepare('INSERT INTO take_strips (take_id, strip) VALUES (?, ?)').run(takeId, stripOf(closing.peaks));
  }
  audit(db, { at, actor, action: 'imported', portraitId });
}
