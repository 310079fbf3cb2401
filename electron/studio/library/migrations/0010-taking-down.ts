import type { Migration } from './migration.ts';

/** A delivery may go the other way: what was brought to a site is taken down again. */
export const takingDown: Migration = {
  name: '0010-taking-down',
  sql: `
ALTER TABLE deliveries ADD COLUMN direction TEXT NOT NULL DEFAULT 'send' CHECK (direction IN ('send','remove'));
`,
};
