import type { Migration } from './migration.ts';

/**
 * What a member of the staff is writing and has not saved. `subjects` names the portraits it is about, so that it goes
 * with the person; `seq` orders the rows without asking a clock,
 * `turn` the writes of one row: of two that cross on the line the later one stays.
 */
export const drafts: Migration = {
  name: '0015-drafts',
  sql: `
CREATE TABLE drafts (
  id TEXT PRIMARY KEY,
  staff_id TEXT NOT NULL REFERENCES staff_members(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  subjects TEXT NOT NULL CHECK (json_valid(subjects)),
  value TEXT NOT NULL CHECK (json_valid(value)),
  seq INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  changed_at TEXT NOT NULL
) STRICT;
CREATE INDEX drafts_by_member ON drafts(staff_id, seq);
`,
};
