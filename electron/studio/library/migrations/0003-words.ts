import type { Migration } from './migration.ts';

/** What hosts write about a portrait beside its title and text: notes among themselves, stars, and the transcript. */
export const words: Migration = {
  name: '0003-words',
  sql: `
ALTER TABLE portraits ADD COLUMN notes TEXT NOT NULL DEFAULT '';
ALTER TABLE portraits ADD COLUMN rating INTEGER NOT NULL DEFAULT 0 CHECK (rating BETWEEN 0 AND 5);
ALTER TABLE portraits ADD COLUMN transcript TEXT CHECK (transcript IS NULL OR json_valid(transcript));
`,
};
