import { purposes } from '../../../shared/domain/consent.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { putChoices, putYes } from './consentActs.ts';
import { type Db, transaction } from './database.ts';

interface OlderAnswer {
  id: string;
  portraitId: string;
  version: string;
  sha256: string;
  language: Language;
  answeredAt: string;
  confirmed: 0 | 1;
  questionId: string;
  takeId: string | null;
  firstName: string;
  trade: string;
}

/**
 * Answers stored before there was a chain become links of it, one transaction each. The texts of that time asked for the
 * site and for nothing else, so that is what a kept portrait allows.
 */
export function adoptOlderConsents(db: Db, now: () => Date): number {
  const older = db
    .prepare<[], OlderAnswer>(
      `SELECT c.id, c.portrait_id AS portraitId, c.text_version AS version, c.text_sha256 AS sha256, c.language,
         c.answered_at AS answeredAt, p.confirmed, p.question_id AS questionId, p.take_id AS takeId,
         s.first_name AS firstName, s.trade
       FROM consents c JOIN portraits p ON p.id = c.portrait_id JOIN speakers s ON s.id = p.speaker_id ORDER BY c.id`,
    )
    .all();
  for (const answer of older) {
    transaction(db, () => {
      const at = now().toISOString();
      const { portraitId, language, answeredAt, questionId, takeId } = answer;
      const text = { textVersion: answer.version, textSha256: answer.sha256, language };
      putYes(
        db,
        {
          portraitId,
          takeId: takeId ?? portraitId,
          questionId,
          consent: { ...text, answer: 'yes', answeredAt, ageBand: 'adult', guardians: [] },
          speaker: { firstName: answer.firstName, trade: answer.trade, cooperativeId: null },
          source: { sampleRate: 48_000, device: '', method: 'processor' },
        },
        at,
      );
      if (answer.confirmed === 1) {
        const allowed = purposes.filter((purpose) => purpose === 'site');
        putChoices(
          db,
          portraitId,
          { ...text, purposes: allowed, nameShown: 'name', pseudonym: '', until: null, contact: '', answeredAt },
          { who: 'older' },
          at,
        );
      }
      db.prepare('DELETE FROM consents WHERE id = ?').run(answer.id);
    });
  }
  return older.length;
}
