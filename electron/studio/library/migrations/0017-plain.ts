import type { Migration } from './migration.ts';

/** Whether somebody has read that a destination's password travels in clear text, and wants it so; older ones were not asked. */
export const plain: Migration = {
  name: '0017-plain',
  sql: `
ALTER TABLE destinations ADD COLUMN plain_accepted INTEGER NOT NULL DEFAULT 0 CHECK (plain_accepted IN (0, 1));
`,
};
