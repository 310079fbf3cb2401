import type { Migration } from './migration.ts';

/**
 * Links of the chain of consent that damage took, so that it says itself where it is not whole: `record` for a link of
 * which nothing is left, `payload` for one whose personal part cannot be read any more. Only a rebuilt library writes here.
 */
export const losses: Migration = {
  name: '0013-losses',
  sql: `
CREATE TABLE consent_losses (
  seq INTEGER PRIMARY KEY, what TEXT NOT NULL CHECK (what IN ('record','payload')), at TEXT NOT NULL
) STRICT;
CREATE TRIGGER consent_losses_stay BEFORE DELETE ON consent_losses
  BEGIN SELECT RAISE(ABORT, 'a loss is never taken back'); END;
`,
};
