import type { Migration } from './migration.ts';

/**
 * Consent as evidence. `consent_records` is the chain: append-only, each row hashed with the one before. What is
 * personal in it lies beside it in `consent_payloads`, tied to its row by a salted hash, so that a person can be erased
 * (payload and salt go) while the chain stays whole. `consent_now` says in short what the records say; it is computed
 * from them and checked against them.
 */
export const consent: Migration = {
  name: '0008-consent',
  sql: `
ALTER TABLE events ADD COLUMN consent TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(consent));
ALTER TABLE destinations ADD COLUMN purpose TEXT NOT NULL DEFAULT 'site'
  CHECK (purpose IN ('site','podcast','social','transcript','promotion','archive'));

CREATE TABLE booth (id INTEGER PRIMARY KEY CHECK (id = 1), booth_id TEXT NOT NULL) STRICT;
INSERT INTO booth (id, booth_id) VALUES (1, lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4'
  || substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))));

CREATE TABLE consent_records (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  portrait_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('record','choices','withdrawal','erasure')),
  at TEXT NOT NULL,
  booth_id TEXT NOT NULL,
  facts TEXT NOT NULL CHECK (json_valid(facts)),
  payload_hash TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX consent_records_by_portrait ON consent_records(portrait_id, seq);
CREATE TABLE consent_payloads (
  seq INTEGER PRIMARY KEY REFERENCES consent_records(seq),
  salt TEXT NOT NULL, payload TEXT NOT NULL CHECK (json_valid(payload))
) STRICT;
CREATE TABLE consent_head (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
INSERT INTO consent_head (id, seq, hash) VALUES (1, 0, '${'0'.repeat(64)}');

CREATE TRIGGER consent_records_stay BEFORE DELETE ON consent_records
  BEGIN SELECT RAISE(ABORT, 'consent records are never deleted'); END;
CREATE TRIGGER consent_records_hold BEFORE UPDATE ON consent_records
  BEGIN SELECT RAISE(ABORT, 'consent records are never changed'); END;
CREATE TRIGGER consent_payloads_hold BEFORE UPDATE ON consent_payloads
  BEGIN SELECT RAISE(ABORT, 'consent records are never changed'); END;
CREATE TRIGGER consent_payloads_stay BEFORE DELETE ON consent_payloads
  WHEN NOT EXISTS (SELECT 1 FROM consent_records e JOIN consent_records r ON r.portrait_id = e.portrait_id
    WHERE r.seq = OLD.seq AND e.kind = 'erasure' AND e.seq > r.seq)
  BEGIN SELECT RAISE(ABORT, 'only an erasure on record takes a payload away'); END;
CREATE TRIGGER consent_texts_stay BEFORE DELETE ON consent_texts
  BEGIN SELECT RAISE(ABORT, 'consent texts are never deleted'); END;
CREATE TRIGGER consent_texts_hold BEFORE UPDATE ON consent_texts
  BEGIN SELECT RAISE(ABORT, 'consent texts are never changed'); END;

CREATE TABLE consent_now (
  portrait_id TEXT PRIMARY KEY REFERENCES portraits(id) ON DELETE CASCADE,
  age_band TEXT NOT NULL CHECK (age_band IN ('adult','minor')),
  guardians INTEGER NOT NULL, guardians_needed INTEGER NOT NULL,
  purposes TEXT CHECK (purposes IS NULL OR json_valid(purposes)),
  withdrawn TEXT NOT NULL CHECK (json_valid(withdrawn)),
  name_shown TEXT, pseudonym TEXT NOT NULL, until TEXT
) STRICT;

-- Files, and copies of the library, that a transaction has let go and that are still to be erased from the disk.
CREATE TABLE to_erase (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('take','rendition','export','copies')),
  name TEXT NOT NULL,
  UNIQUE (kind, name)
) STRICT;
CREATE TABLE portrait_renditions (
  portrait_id TEXT NOT NULL REFERENCES portraits(id) ON DELETE CASCADE,
  rendition_id TEXT NOT NULL,
  PRIMARY KEY (portrait_id, rendition_id)
) STRICT;
CREATE TABLE retention_reminders (
  portrait_id TEXT PRIMARY KEY REFERENCES portraits(id) ON DELETE CASCADE,
  reason TEXT NOT NULL CHECK (reason IN ('unpublished','expired')),
  reminded_at TEXT NOT NULL, due_on TEXT NOT NULL
) STRICT;
CREATE TABLE ticket_guesses (
  id INTEGER PRIMARY KEY CHECK (id = 1), failures INTEGER NOT NULL, last_at TEXT NOT NULL, wait_until TEXT
) STRICT;
`,
};
