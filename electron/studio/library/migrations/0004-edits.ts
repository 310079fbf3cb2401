import type { Migration } from './migration.ts';

/**
 * The steps of every portrait's edit, for undo without limit. Step 0 is how it was before the first; `edit_position`
 * names the step that `portraits.edit` stands at. A delivery keeps the edit whose sound it took along, so that one can
 * tell when what is out there is older than what is here.
 */
export const edits: Migration = {
  name: '0004-edits',
  sql: `
CREATE TABLE edit_steps (
  portrait_id TEXT NOT NULL REFERENCES portraits(id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  edit TEXT NOT NULL CHECK (json_valid(edit)),
  label TEXT NOT NULL, actor TEXT NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (portrait_id, position)
) STRICT, WITHOUT ROWID;
ALTER TABLE portraits ADD COLUMN edit_position INTEGER NOT NULL DEFAULT 0 CHECK (edit_position >= 0);
ALTER TABLE deliveries ADD COLUMN edit TEXT CHECK (edit IS NULL OR json_valid(edit));
`,
};
