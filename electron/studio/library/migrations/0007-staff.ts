import type { Migration } from './migration.ts';

/**
 * The staff become persons with a code of their own, and the audit trail names them. The one code there may have been
 * goes on as an organiser called « Organisation », to be renamed. Older rows of the trail keep the bare role.
 * Wrong codes are counted for each way in: `wait_ms` of waiting were left at `counted_at`, `spent` of the long account.
 */
export const staff: Migration = {
  name: '0007-staff',
  sql: `
CREATE TABLE staff_members (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL CHECK (role IN ('host','organiser')),
  salt TEXT NOT NULL, hash TEXT NOT NULL, parameters TEXT NOT NULL CHECK (json_valid(parameters)),
  created_at TEXT NOT NULL, disabled_at TEXT
) STRICT;
INSERT INTO staff_members (id, name, role, salt, hash, parameters, created_at)
  SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-8'
    || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))),
    'Organisation', role, salt, hash, parameters, created_at FROM staff ORDER BY id;
DROP TABLE staff;

DROP TABLE staff_attempts;
CREATE TABLE staff_attempts (
  way TEXT PRIMARY KEY CHECK (way IN ('booth','network')),
  failures INTEGER NOT NULL, spent REAL NOT NULL, wait_ms INTEGER NOT NULL, counted_at TEXT NOT NULL,
  locked INTEGER NOT NULL DEFAULT 0 CHECK (locked IN (0, 1))
) STRICT;

ALTER TABLE audit ADD COLUMN staff_id TEXT;
CREATE INDEX audit_by_staff ON audit(staff_id, id) WHERE staff_id IS NOT NULL;

CREATE TABLE desk_network (
  id INTEGER PRIMARY KEY CHECK (id = 1), since TEXT, until TEXT, port INTEGER
) STRICT;
`,
};
