import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Library } from '../../../electron/studio/library/library.ts';
import { choicesOf } from '../../fixtures/capture-input.ts';
import { keptPortrait, seededLibrary, startOf, tempFolder } from '../library/lives.ts';

const words = 'Avant de vous enregistrer\nPeut-on ?';
const text = { textVersion: '2026-2', textSha256: createHash('sha256').update(words).digest('hex') };
const by = { who: 'staff', role: 'host', name: 'Camille', method: 'paper', note: 'Feuille signée au stand.' } as const;
const quiet = { onWithdrawn: () => undefined, handedOver: () => false };

let dir: string;
let library: Library;
beforeEach(() => {
  dir = tempFolder();
  library = seededLibrary(dir);
  // Thousands of small changes; nobody pulls the plug here.
  library.db.pragma('synchronous = OFF');
  library.consentTexts.keep({ version: '2026-2', language: 'fr', sha256: text.textSha256, text: words });
});
afterEach(() => {
  library.close();
  rmSync(dir, { recursive: true });
});

/** A portrait whose every record names the text of this test. */
function kept(different: Parameters<typeof choicesOf>[0] = {}): string {
  const { consent } = startOf();
  return keptPortrait(library, { consent: { ...consent, ...text } }, { ...text, ...different }).id;
}

/** A book with an act of every kind in it. */
function book(): { stays: string; erased: string } {
  const stays = kept({ purposes: ['site', 'podcast', 'social'], nameShown: 'pseudonym', pseudonym: 'Mado' });
  const erased = kept();
  library.consent.withdraw(stays, ['social'], { actor: 'visitor', name: null }, quiet);
  library.consent.recordFor(stays, choicesOf({ ...text, purposes: ['site'] }), by, 'host', quiet.onWithdrawn);
  library.consent.withdraw(erased, 'all', { actor: 'visitor', name: null }, quiet);
  return { stays, erased };
}

/** Drops the guards, as somebody with the file in hand would. */
function unguard(): void {
  for (const name of library.db
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
    .pluck()
    .all())
    library.db.exec(`DROP TRIGGER ${name}`);
  library.db.pragma('foreign_keys = OFF');
  library.db.pragma('ignore_check_constraints = ON');
}

/** The value with one byte of it another one. */
function spoilt(value: string | number, at: number): string | number {
  if (typeof value === 'number') return value + 1;
  const bytes = Buffer.from(value);
  const place = at % Math.max(1, bytes.length);
  // Stays one character of ASCII: what is stored as text must stay text.
  bytes[place] = (bytes[place] ?? 0) === 0x61 ? 0x62 : 0x61;
  return bytes.length === 0 ? 'a' : bytes.toString('latin1');
}

describe('the chain of evidence', () => {
  it('is whole as it was written, also after somebody was erased', () => {
    book();
    expect(library.consent.verify()).toMatchObject({ ok: true, records: 8 });
  });

  it('shows any single changed byte of any record, payload, text, short form or head', () => {
    const { stays } = book();
    unguard();
    let tried = 0;
    for (const table of ['consent_records', 'consent_payloads', 'consent_texts', 'consent_now', 'consent_head']) {
      const key =
        table === 'consent_texts'
          ? 'rowid'
          : table === 'consent_now'
            ? 'portrait_id'
            : table === 'consent_head'
              ? 'id'
              : 'seq';
      const rows = library.db
        .prepare<[], Record<string, string | number | null>>(`SELECT rowid, * FROM ${table}`)
        .all();
      expect(rows.length, table).toBeGreaterThan(0);
      for (const row of rows) {
        for (const [column, value] of Object.entries(row)) {
          if (value === null || column === 'rowid' || (table === 'consent_head' && column === 'id')) continue;
          // Every byte of the short ones, and a spread of the long ones.
          const bytes = String(value).length;
          for (let at = 0; at < bytes; at += Math.max(1, Math.floor(bytes / 24))) {
            const changed = spoilt(value, at);
            if (changed === value) continue;
            const set = library.db.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${key} = ?`);
            try {
              set.run(changed, row[key]);
            } catch {
              // Not even without its guards does the table take it.
              continue;
            }
            let found: boolean;
            try {
              found = !library.consent.verify().ok;
            } catch {
              found = true;
            }
            expect(found, `${table}.${column} at ${at}`).toBe(true);
            tried += 1;
            const where = column === key ? changed : row[key];
            library.db.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${key} = ?`).run(value, where);
          }
        }
      }
    }
    expect(tried).toBeGreaterThan(500);
    expect(library.consent.verify().ok, stays).toBe(true);
  });

  it('shows a record that was taken out, put in, or changed places', () => {
    book();
    unguard();
    const { db } = library;
    const spoil = (change: string) => {
      db.exec('SAVEPOINT spoil');
      db.exec(change);
      expect(library.consent.verify().ok, change).toBe(false);
      db.exec('ROLLBACK TO spoil');
    };
    spoil('DELETE FROM consent_records WHERE seq = 3');
    spoil('DELETE FROM consent_records WHERE seq = 8');
    spoil('DELETE FROM consent_records WHERE seq = 8; UPDATE consent_head SET seq = 7');
    spoil('DELETE FROM consent_payloads WHERE seq = 1');
    spoil(`INSERT INTO consent_records SELECT 9, 'x', portrait_id, kind, at, booth_id, facts, payload_hash, hash, hash
      FROM consent_records WHERE seq = 8`);
    spoil('UPDATE consent_records SET seq = 99 WHERE seq = 1');
    spoil('DELETE FROM consent_now');
    spoil('DELETE FROM consent_texts');
    expect(library.consent.verify().ok).toBe(true);
  });

  it('is kept by the database itself: nothing is changed or taken away but by an erasure on record', () => {
    const { stays } = book();
    const { db } = library;
    for (const change of [
      "UPDATE consent_records SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 1",
      'DELETE FROM consent_records WHERE seq = 1',
      "UPDATE consent_payloads SET payload = '{}' WHERE seq = 1",
      `DELETE FROM consent_payloads WHERE seq IN (SELECT seq FROM consent_records WHERE portrait_id = '${stays}')`,
      "UPDATE consent_texts SET text = 'autre'",
      'DELETE FROM consent_texts',
    ]) {
      expect(() => db.exec(change), change).toThrow(/consent|erasure/);
    }
    expect(library.consent.verify().ok).toBe(true);
  });

  it('takes in the answers of before, which allow the site and nothing else', () => {
    const id = kept();
    const { db } = library;
    unguard();
    db.exec('DELETE FROM consent_now; DELETE FROM consent_payloads; DELETE FROM consent_records');
    db.prepare('UPDATE consent_head SET seq = 0, hash = ?').run('0'.repeat(64));
    db.prepare(
      `INSERT INTO consents (id, portrait_id, text_version, text_sha256, language, answer, answered_at, recorded_at)
       VALUES ('older', ?, '2026-2', ?, 'fr', 'yes', '2026-01-01T10:00:00.000Z', '2026-01-01T10:00:00.000Z')`,
    ).run(id, text.textSha256);
    expect(library.consent.mayUse(id, 'site')).toEqual({ allowed: false, why: 'notAsked' });
    expect(library.consent.adoptOlder()).toBe(1);
    expect(library.consent.adoptOlder()).toBe(0);
    library.portraits.approve(id, library.portraits.get(id)?.revision ?? -1, false, 'host');
    expect(library.consent.mayUse(id, 'site', new Date('2026-06-01T12:00:00Z'))).toEqual({ allowed: true });
    expect(library.consent.mayUse(id, 'podcast')).toMatchObject({ why: 'notThisPurpose' });
    expect(library.consent.verify()).toMatchObject({ ok: true, records: 2 });
  });
});
