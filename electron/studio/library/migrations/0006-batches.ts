import type { Migration } from './migration.ts';

/**
 * Batches and their exports. An export keeps its plan, so that one that was cut short goes on as it began, and a line for
 * each finished file with its checksum. `handed_over` is what has left the house, so that a withdrawal can list the
 * copies; it outlives batches and exports.
 */
export const batches: Migration = {
  name: '0006-batches',
  sql: `
CREATE TABLE batches (
  id TEXT PRIMARY KEY, revision INTEGER NOT NULL DEFAULT 0,
  name TEXT NOT NULL, description TEXT NOT NULL, purpose TEXT NOT NULL,
  needs_transcript INTEGER NOT NULL CHECK (needs_transcript IN (0, 1)),
  feed_url TEXT NOT NULL DEFAULT '',
  cover_sha256 TEXT,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, removed_at TEXT
) STRICT;

CREATE TABLE batch_items (
  batch_id TEXT NOT NULL REFERENCES batches(id) ON DELETE CASCADE,
  portrait_id TEXT NOT NULL REFERENCES portraits(id) ON DELETE CASCADE,
  position INTEGER NOT NULL, added_at TEXT NOT NULL,
  PRIMARY KEY (batch_id, portrait_id)
) STRICT;
CREATE INDEX batch_items_by_portrait ON batch_items(portrait_id);

CREATE TABLE acknowledged_warnings (
  portrait_id TEXT NOT NULL REFERENCES portraits(id) ON DELETE CASCADE,
  take_id TEXT NOT NULL, warning TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL,
  PRIMARY KEY (portrait_id, take_id, warning)
) STRICT;

CREATE TABLE export_jobs (
  id TEXT PRIMARY KEY,
  batch_id TEXT NOT NULL REFERENCES batches(id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('folder','zip')),
  parent TEXT NOT NULL, place TEXT NOT NULL,
  flac INTEGER NOT NULL CHECK (flac IN (0, 1)),
  state TEXT NOT NULL CHECK (state IN ('waiting','running','ready','done','failed','cancelled','interrupted')),
  reason TEXT, actor TEXT NOT NULL,
  plan TEXT NOT NULL CHECK (json_valid(plan)),
  left_out TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(left_out)),
  bytes_total INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX export_jobs_by_batch ON export_jobs(batch_id, id DESC);
CREATE UNIQUE INDEX one_export_per_batch ON export_jobs(batch_id) WHERE state IN ('waiting','running');

CREATE TABLE export_files (
  job_id TEXT NOT NULL REFERENCES export_jobs(id) ON DELETE CASCADE,
  name TEXT NOT NULL, portrait_id TEXT REFERENCES portraits(id) ON DELETE CASCADE,
  made_from TEXT NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (job_id, name)
) STRICT;
CREATE INDEX export_files_by_portrait ON export_files(portrait_id);

CREATE TABLE handed_over (
  id INTEGER PRIMARY KEY,
  portrait_id TEXT NOT NULL REFERENCES portraits(id) ON DELETE CASCADE,
  job_id TEXT NOT NULL, batch TEXT NOT NULL, kind TEXT NOT NULL, place TEXT NOT NULL,
  file TEXT NOT NULL, sha256 TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL,
  UNIQUE (job_id, file, sha256)
) STRICT;
CREATE INDEX handed_over_by_portrait ON handed_over(portrait_id);
`,
};
