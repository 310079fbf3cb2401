import type { Migration } from './migration.ts';

/**
 * Destinations and the durable queue. A portrait goes to a destination once: the pair is unique. `attempts` are tries
 * the site answered badly, `misses` those it never answered; only the first are counted against a delivery.
 */
export const delivery: Migration = {
  name: '0002-delivery',
  sql: `
CREATE TABLE destinations (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, url TEXT NOT NULL, user TEXT NOT NULL,
  paused TEXT CHECK (paused IN ('login','role','host')), created_at TEXT NOT NULL, removed_at TEXT
) STRICT;

CREATE TABLE deliveries (
  id TEXT PRIMARY KEY,
  portrait_id TEXT NOT NULL REFERENCES portraits(id),
  destination_id TEXT NOT NULL REFERENCES destinations(id),
  state TEXT NOT NULL CHECK (state IN ('waiting','running','done','failed','cancelled')),
  step INTEGER NOT NULL DEFAULT 0,
  memo TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(memo)),
  attempts INTEGER NOT NULL DEFAULT 0,
  misses INTEGER NOT NULL DEFAULT 0,
  reason TEXT, detail TEXT,
  next_at TEXT NOT NULL,
  lease_token TEXT, lease_until TEXT,
  url TEXT,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  UNIQUE (portrait_id, destination_id),
  CHECK ((state = 'running') = (lease_token IS NOT NULL)),
  CHECK ((lease_token IS NULL) = (lease_until IS NULL))
) STRICT;
CREATE INDEX deliveries_waiting ON deliveries(next_at, id) WHERE state = 'waiting';
CREATE UNIQUE INDEX one_running_per_destination ON deliveries(destination_id) WHERE state = 'running';
`,
};
