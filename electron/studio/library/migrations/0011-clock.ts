import type { Migration } from './migration.ts';

/**
 * What the booth knows of the time (milliseconds since the epoch), the stretches of it that nothing has confirmed, and
 * the takes whose record beside the master still has to follow a correction. The chain of consent learns one more act:
 * that times in it were given by a clock that was wrong. Its two tables are made again for that, row by row as they were.
 */
export const clock: Migration = {
  name: '0011-clock',
  sql: `
CREATE TABLE clock (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  at INTEGER NOT NULL, wall INTEGER NOT NULL, offset INTEGER NOT NULL, sure INTEGER NOT NULL,
  backed INTEGER NOT NULL,
  known INTEGER NOT NULL CHECK (known IN (0, 1)),
  doubt TEXT CHECK (doubt IS NULL OR json_valid(doubt))
) STRICT;
CREATE TABLE clock_stretches (
  id INTEGER PRIMARY KEY,
  from_at INTEGER NOT NULL, to_at INTEGER NOT NULL, from_wall INTEGER NOT NULL, to_wall INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('believed','answered','adrift','jumped'))
) STRICT;
CREATE TABLE moved_takes (take_id TEXT PRIMARY KEY REFERENCES takes(id) ON DELETE CASCADE) STRICT;

CREATE TABLE payloads_kept AS SELECT seq, salt, payload FROM consent_payloads;
DROP TABLE consent_payloads;
CREATE TABLE records_kept AS SELECT * FROM consent_records;
DROP TABLE consent_records;
CREATE TABLE consent_records (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  portrait_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('record','choices','withdrawal','erasure','correction')),
  at TEXT NOT NULL,
  booth_id TEXT NOT NULL,
  facts TEXT NOT NULL CHECK (json_valid(facts)),
  payload_hash TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
INSERT INTO consent_records (seq, id, portrait_id, kind, at, booth_id, facts, payload_hash, previous, hash)
  SELECT seq, id, portrait_id, kind, at, booth_id, facts, payload_hash, previous, hash FROM records_kept ORDER BY seq;
DROP TABLE records_kept;
CREATE INDEX consent_records_by_portrait ON consent_records(portrait_id, seq);
CREATE TABLE consent_payloads (
  seq INTEGER PRIMARY KEY REFERENCES consent_records(seq),
  salt TEXT NOT NULL, payload TEXT NOT NULL CHECK (json_valid(payload))
) STRICT;
INSERT INTO consent_payloads (seq, salt, payload) SELECT seq, salt, payload FROM payloads_kept ORDER BY seq;
DROP TABLE payloads_kept;

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
`,
};
