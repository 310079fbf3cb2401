import { type Settings, settings } from '../../../shared/contract/settings.ts';
import { type Actor, audit } from './audit.ts';
import { type Db, transaction } from './database.ts';

export function settingsRepository(db: Db, now: () => Date) {
  return {
    /** Unknown or missing fields of an older or newer file fall back to their defaults. */
    get(): Settings {
      const stored = db.prepare<[], string>('SELECT value FROM settings WHERE id = 1').pluck().get();
      const parsed = settings.safeParse(stored === undefined ? {} : JSON.parse(stored));
      return parsed.success ? parsed.data : settings.parse({});
    },
    save(value: Settings, actor: Actor): Settings {
      return transaction(db, () => {
        db.prepare(
          'INSERT INTO settings (id, value) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET value = excluded.value',
        ).run(JSON.stringify(value));
        audit(db, { at: now().toISOString(), actor, action: 'settings-saved' });
        return value;
      });
    },
  };
}

export function consentTextsRepository(db: Db) {
  return {
    /** Keeps a text as shown, for ever: evidence names it by version, language and SHA-256. */
    keep(text: { version: string; language: string; sha256: string; text: string }): void {
      db.prepare('INSERT OR IGNORE INTO consent_texts (version, language, sha256, text) VALUES (?, ?, ?, ?)').run(
        text.version,
        text.language,
        text.sha256,
        text.text,
      );
    },
    knows(version: string, language: string, sha256: string): boolean {
      return (
        db
          .prepare('SELECT 1 FROM consent_texts WHERE version = ? AND language = ? AND sha256 = ?')
          .get(version, language, sha256) !== undefined
      );
    },
  };
}
