import { type Settings, settings } from '../../../shared/contract/settings.ts';
import { type Actor, audit } from './audit.ts';
import { type Db, transaction } from './database.ts';

/** A hashed PIN as the staff service makes it. */
export interface StoredPin {
  role: 'host' | 'organiser';
  salt: string;
  hash: string;
  /** Cost parameters of the hash, as JSON. */
  parameters: string;
}
export interface Attempts {
  failures: number;
  waitUntil: string | null;
}

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

export function staffRepository(db: Db, now: () => Date) {
  return {
    pins(): StoredPin[] {
      return db.prepare<[], StoredPin>('SELECT role, salt, hash, parameters FROM staff ORDER BY id').all();
    },
    /** Stores the first PIN; false when there is one already. */
    addFirst(pin: StoredPin): boolean {
      return transaction(db, () => {
        if (db.prepare('SELECT 1 FROM staff').get() !== undefined) return false;
        db.prepare('INSERT INTO staff (role, salt, hash, parameters, created_at) VALUES (?, ?, ?, ?, ?)').run(
          pin.role,
          pin.salt,
          pin.hash,
          pin.parameters,
          now().toISOString(),
        );
        audit(db, { at: now().toISOString(), actor: pin.role, action: 'pin-set' });
        return true;
      });
    },
    attempts(): Attempts {
      const row = db
        .prepare<[], { failures: number; wait_until: string | null }>('SELECT failures, wait_until FROM staff_attempts')
        .get();
      return { failures: row?.failures ?? 0, waitUntil: row?.wait_until ?? null };
    },
    saveAttempts(attempts: Attempts): void {
      db.prepare(
        `INSERT INTO staff_attempts (id, failures, wait_until) VALUES (1, ?, ?)
         ON CONFLICT (id) DO UPDATE SET failures = excluded.failures, wait_until = excluded.wait_until`,
      ).run(attempts.failures, attempts.waitUntil);
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
