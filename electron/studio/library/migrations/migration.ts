import type Database from 'better-sqlite3';

/** One step of the schema. Steps are append-only: a published one is never edited, a mistake gets a new step. */
export interface Migration {
  /** `NNNN-what`; stored with the time it ran. */
  name: string;
  sql: string;
  /** Fills what SQL alone cannot, after it and in the same transaction. */
  fill?(db: Database.Database): void;
}
