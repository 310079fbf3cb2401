import type { Migration } from './migration.ts';

/**
 * A site's own trouble stands at its destination, no longer at the deliveries that met it: why everything for it waits,
 * since when, how often it was asked again, when it is asked next (`NULL`: it waits for a person), and until when who
 * asks it has it for itself.
 */
export const holds: Migration = {
  name: '0014-holds',
  sql: `
ALTER TABLE destinations ADD COLUMN hold_reason TEXT;
ALTER TABLE destinations ADD COLUMN hold_detail TEXT NOT NULL DEFAULT '';
ALTER TABLE destinations ADD COLUMN hold_better TEXT CHECK (hold_better IS NULL OR json_valid(hold_better));
ALTER TABLE destinations ADD COLUMN hold_since TEXT;
ALTER TABLE destinations ADD COLUMN hold_next TEXT;
ALTER TABLE destinations ADD COLUMN hold_lease TEXT;
ALTER TABLE destinations ADD COLUMN hold_asks INTEGER NOT NULL DEFAULT 0;
`,
};
