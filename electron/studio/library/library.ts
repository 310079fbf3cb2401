import type { Db } from './database.ts';
import { deliveriesRepository } from './deliveries.ts';
import { deliveryLeasesRepository } from './deliveryLeases.ts';
import { destinationsRepository } from './destinations.ts';
import { editsRepository } from './edits.ts';
import { eventsRepository } from './events.ts';
import { consentTextsRepository, settingsRepository, staffRepository } from './keeping.ts';
import { backUp, type Opening, openLibrary, scrub } from './open.ts';
import { portraitsRepository } from './portraits.ts';
import { takesRepository } from './takes.ts';

export interface Library {
  db: Db;
  opening: Opening;
  takes: ReturnType<typeof takesRepository>;
  portraits: ReturnType<typeof portraitsRepository>;
  edits: ReturnType<typeof editsRepository>;
  events: ReturnType<typeof eventsRepository>;
  settings: ReturnType<typeof settingsRepository>;
  staff: ReturnType<typeof staffRepository>;
  consentTexts: ReturnType<typeof consentTextsRepository>;
  deliveries: ReturnType<typeof deliveriesRepository>;
  deliveryLeases: ReturnType<typeof deliveryLeasesRepository>;
  destinations: ReturnType<typeof destinationsRepository>;
  /** Time of the newest audit entry, if any. */
  lastEntry(): string | undefined;
  backUp(): Promise<void>;
  /** Takes what was deleted out of the copies made since `since` (ISO 8601) as well. */
  scrub(since: string): void;
  close(): void;
}

/** Opens the library in `dir` and builds its repositories. Throws as `openLibrary` does. */
export function createLibrary(dir: string, now: () => Date): Library {
  const { db, opening } = openLibrary(dir, now);
  return {
    db,
    opening,
    takes: takesRepository(db, now),
    portraits: portraitsRepository(db, now),
    edits: editsRepository(db, now),
    events: eventsRepository(db, now),
    settings: settingsRepository(db, now),
    staff: staffRepository(db, now),
    consentTexts: consentTextsRepository(db),
    deliveries: deliveriesRepository(db, now),
    deliveryLeases: deliveryLeasesRepository(db),
    destinations: destinationsRepository(db, now),
    lastEntry: () => db.prepare<[], string>('SELECT max(at) FROM audit').pluck().get() ?? undefined,
    backUp: () => backUp(db, dir, now),
    scrub: (since) => scrub(db, dir, since),
    close: () => db.close(),
  };
}
