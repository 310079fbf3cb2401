import type { Migration } from './migration.ts';

/**
 * Withdrawals that sites told: each once (`ref` is the site's name for it), with the days of grace that counted when it was
 * heard and what it took, so that it can be undone until then. The chain of consent learns how such a withdrawal ended; its
 * two tables are made again for that, row by row as they were.
 */
export const siteWithdrawals: Migration = {
  name: '0016-site-withdrawals',
  sql: `
CREATE TABLE site_withdrawals (
  id INTEGER PRIMARY KEY,
  portrait_id TEXT NOT NULL REFERENCES portraits(id) ON DELETE CASCADE,
  destination_id TEXT NOT NULL REFERENCES destinations(id),
  ref TEXT NOT NULL,
  heard_at TEXT NOT NULL,
  grace_days INTEGER NOT NULL,
  purposes TEXT NOT NULL CHECK (json_valid(purposes)),
  ended_at TEXT,
  how TEXT CHECK (how IN ('undone','confirmed','ended')),
  CHECK ((ended_at IS NULL) = (how IS NULL)),
  UNIQUE (destination_id, ref)
) STRICT;
CREATE INDEX site_withdrawals_open ON site_withdrawals(portrait_id) WHERE ended_at IS NULL;

CREATE TABLE payloads_kept AS SELECT seq, salt, payload FROM consent_payloads;
DROP TABLE consent_payloads;
CREATE TABLE records_kept AS SELECT * FROM consent_records;
DROP TABLE consent_records;
CREATE TABLE consent_records (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  portrait_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('record','choices','withdrawal','erasure','correction','resolution')),
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
