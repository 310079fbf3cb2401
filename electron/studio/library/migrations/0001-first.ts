import type { Migration } from './migration.ts';

/**
 * The first schema. Times are UTC ISO 8601 texts, ids UUIDv7 texts made on the booth, sounds live in files named by id.
 * Revisions count the changes of a portrait, so that a stale change can be told.
 */
export const first: Migration = {
  name: '0001-first',
  sql: `
CREATE TABLE cooperatives (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, position INTEGER NOT NULL
) STRICT;

CREATE TABLE question_sets (id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT;
CREATE TABLE questions (
  set_id TEXT NOT NULL REFERENCES question_sets(id),
  id TEXT NOT NULL, position INTEGER NOT NULL, text TEXT NOT NULL CHECK (json_valid(text)),
  PRIMARY KEY (set_id, id)
) STRICT;

CREATE TABLE events (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, town TEXT NOT NULL, day TEXT NOT NULL,
  theme TEXT NOT NULL CHECK (json_valid(theme)), languages TEXT NOT NULL CHECK (json_valid(languages)),
  limit_seconds INTEGER NOT NULL, question_set_id TEXT NOT NULL REFERENCES question_sets(id),
  created_at TEXT NOT NULL, current INTEGER NOT NULL DEFAULT 0 CHECK (current IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX one_current_event ON events(current) WHERE current = 1;

CREATE TABLE speakers (
  id TEXT PRIMARY KEY, first_name TEXT NOT NULL, trade TEXT NOT NULL,
  cooperative_id TEXT REFERENCES cooperatives(id)
) STRICT;

CREATE TABLE portraits (
  id TEXT PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('recording','toReview','approved','published','rejected','withdrawn','erased')),
  revision INTEGER NOT NULL DEFAULT 0,
  event_id TEXT NOT NULL REFERENCES events(id),
  speaker_id TEXT NOT NULL REFERENCES speakers(id),
  question_set_id TEXT NOT NULL, question_id TEXT NOT NULL,
  language TEXT NOT NULL,
  title TEXT NOT NULL DEFAULT '', text TEXT NOT NULL DEFAULT '',
  token_hash TEXT NOT NULL,
  code TEXT UNIQUE,
  confirmed INTEGER NOT NULL DEFAULT 0 CHECK (confirmed IN (0, 1)),
  take_id TEXT REFERENCES takes(id) DEFERRABLE INITIALLY DEFERRED,
  edit TEXT CHECK (edit IS NULL OR json_valid(edit)),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX portraits_by_state ON portraits(state, id DESC);

CREATE TABLE takes (
  id TEXT PRIMARY KEY,
  portrait_id TEXT NOT NULL REFERENCES portraits(id) ON DELETE CASCADE,
  state TEXT NOT NULL CHECK (state IN ('open','closed','recovered')),
  sample_rate INTEGER NOT NULL, device TEXT NOT NULL, method TEXT NOT NULL,
  started_at TEXT NOT NULL, closed_at TEXT,
  frames INTEGER, go_frame INTEGER, elapsed_ms REAL,
  sha256 TEXT,
  analysis TEXT CHECK (analysis IS NULL OR json_valid(analysis)),
  gain_db REAL, trim TEXT CHECK (trim IS NULL OR json_valid(trim)),
  peaks TEXT CHECK (peaks IS NULL OR json_valid(peaks))
) STRICT;
CREATE INDEX takes_by_portrait ON takes(portrait_id);
CREATE INDEX open_takes ON takes(id) WHERE state = 'open';

CREATE TABLE consents (
  id TEXT PRIMARY KEY,
  portrait_id TEXT NOT NULL REFERENCES portraits(id) ON DELETE CASCADE,
  text_version TEXT NOT NULL, text_sha256 TEXT NOT NULL, language TEXT NOT NULL,
  answer TEXT NOT NULL CHECK (answer IN ('yes')),
  answered_at TEXT NOT NULL, recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX consents_by_portrait ON consents(portrait_id);
CREATE TABLE consent_texts (
  version TEXT NOT NULL, language TEXT NOT NULL, sha256 TEXT NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY (version, language, sha256)
) STRICT;

CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE) STRICT;
CREATE TABLE portrait_tags (
  portrait_id TEXT NOT NULL REFERENCES portraits(id) ON DELETE CASCADE,
  tag_id INTEGER NOT NULL REFERENCES tags(id), position INTEGER NOT NULL,
  PRIMARY KEY (portrait_id, tag_id)
) STRICT;

CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
  portrait_id TEXT, detail TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(detail))
) STRICT;
CREATE INDEX audit_by_portrait ON audit(portrait_id);

CREATE TABLE settings (id INTEGER PRIMARY KEY CHECK (id = 1), value TEXT NOT NULL CHECK (json_valid(value))) STRICT;
CREATE TABLE staff (
  id INTEGER PRIMARY KEY, role TEXT NOT NULL CHECK (role IN ('host','organiser')),
  salt TEXT NOT NULL, hash TEXT NOT NULL, parameters TEXT NOT NULL, created_at TEXT NOT NULL
) STRICT;
CREATE TABLE staff_attempts (
  id INTEGER PRIMARY KEY CHECK (id = 1), failures INTEGER NOT NULL, wait_until TEXT
) STRICT;
`,
};
