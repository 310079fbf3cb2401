import { actsRepository } from './acts.ts';
import { batchesRepository } from './batches.ts';
import { type ConsentRepository, consentRepository } from './consent.ts';
import { backUp, type Gone, scrub } from './copies.ts';
import { type Db, readOnly } from './database.ts';
import { deliveriesRepository } from './deliveries.ts';
import { deliveryLeasesRepository } from './deliveryLeases.ts';
import { destinationsRepository } from './destinations.ts';
import { draftsRepository } from './drafts.ts';
import { editsRepository } from './edits.ts';
import { erasuresRepository } from './erasure.ts';
import { eventsRepository } from './events.ts';
import { exportsRepository } from './exports.ts';
import { facetsRepository } from './facets.ts';
import { inboxRepository } from './inbox.ts';
import { consentTextsRepository, settingsRepository } from './keeping.ts';
import { networkRepository } from './network.ts';
import { type Opening, openLibrary } from './open.ts';
import { portraitsRepository } from './portraits.ts';
import { retentionRepository } from './retention.ts';
import { staffRepository } from './staff.ts';
import { tagsRepository } from './tags.ts';
import { takesRepository } from './takes.ts';
import { ticketsRepository } from './tickets.ts';
import { trailRepository } from './trail.ts';
import { wordsRepository } from './words.ts';

export interface Library {
  db: Db;
  opening: Opening;
  takes: ReturnType<typeof takesRepository>;
  /** Single portraits, and the lists of them; the lists hold a handle that cannot write. */
  portraits: ReturnType<typeof portraitsRepository> &
    ReturnType<typeof inboxRepository> &
    ReturnType<typeof facetsRepository>;
  edits: ReturnType<typeof editsRepository>;
  acts: ReturnType<typeof actsRepository>;
  words: ReturnType<typeof wordsRepository>;
  tags: ReturnType<typeof tagsRepository>;
  drafts: ReturnType<typeof draftsRepository>;
  batches: ReturnType<typeof batchesRepository>;
  exports: ReturnType<typeof exportsRepository>;
  events: ReturnType<typeof eventsRepository>;
  settings: ReturnType<typeof settingsRepository>;
  staff: ReturnType<typeof staffRepository>;
  network: ReturnType<typeof networkRepository>;
  /** The audit trail. */
  trail: ReturnType<typeof trailRepository>;
  consentTexts: ReturnType<typeof consentTextsRepository>;
  consent: ConsentRepository;
  erasures: ReturnType<typeof erasuresRepository>;
  retention: ReturnType<typeof retentionRepository>;
  tickets: ReturnType<typeof ticketsRepository>;
  deliveries: ReturnType<typeof deliveriesRepository>;
  deliveryLeases: ReturnType<typeof deliveryLeasesRepository>;
  destinations: ReturnType<typeof destinationsRepository>;
  /** Time of the newest audit entry, if any. */
  lastEntry(): string | undefined;
  backUp(): Promise<void>;
  /** Takes what was deleted or taken back out of the library's copies as well. */
  scrub(gone: Gone): void;
  close(): void;
}

/** Opens the library in `dir` and builds its repositories. Throws as `openLibrary` does. */
export function createLibrary(dir: string, now: () => Date): Library {
  const { db, opening } = openLibrary(dir, now);
  const reader = readOnly(db);
  return {
    db,
    opening,
    takes: takesRepository(db, now),
    edits: editsRepository(db, now),
    portraits: { ...portraitsRepository(db, now), ...inboxRepository(reader), ...facetsRepository(reader) },
    acts: actsRepository(db, now),
    words: wordsRepository(db, now),
    tags: tagsRepository(db, now),
    drafts: draftsRepository(db, now),
    batches: batchesRepository(db, now),
    exports: exportsRepository(db, now),
    events: eventsRepository(db, now),
    settings: settingsRepository(db, now),
    staff: staffRepository(db, now),
    network: networkRepository(db, now),
    trail: trailRepository(db),
    consentTexts: consentTextsRepository(db),
    consent: consentRepository(db, now),
    erasures: erasuresRepository(db),
    retention: retentionRepository(db, now),
    tickets: ticketsRepository(db, now),
    deliveries: deliveriesRepository(db, now),
    deliveryLeases: deliveryLeasesRepository(db),
    destinations: destinationsRepository(db, now),
    lastEntry: () => db.prepare<[], string>('SELECT max(at) FROM audit').pluck().get() ?? undefined,
    backUp: () => backUp(db, dir, now),
    scrub: (gone) => scrub(db, dir, gone),
    close: () => db.close(),
  };
}
