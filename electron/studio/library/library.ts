import type { SealState } from '../../../shared/domain/evidence.ts';
import { actsRepository } from './acts.ts';
import { batchesRepository } from './batches.ts';
import { clockRepository } from './clock.ts';
import { type ConsentRepository, consentRepository } from './consent.ts';
import { type CopiesState, createCopies } from './copies/copies.ts';
import type { Examiner } from './copies/examiner.ts';
import type { Made } from './copies/make.ts';
import { type Db, readOnly } from './database.ts';
import { deliveriesRepository } from './deliveries.ts';
import { deliveryLeasesRepository } from './deliveryLeases.ts';
import { destinationsRepository } from './destinations.ts';
import { draftsRepository } from './drafts.ts';
import { editsRepository } from './edits.ts';
import { applyEnds, completeEnds } from './ends/apply.ts';
import { openEnds } from './ends/ends.ts';
import { watchEnds } from './ends/watch.ts';
import { erasuresRepository } from './erasure.ts';
import { eventsRepository } from './events.ts';
import { exportsRepository } from './exports.ts';
import { facetsRepository } from './facets.ts';
import type { Gone } from './gone.ts';
import { inboxRepository } from './inbox.ts';
import { consentTextsRepository, settingsRepository } from './keeping.ts';
import { networkRepository } from './network.ts';
import { type Opened, openLibrary } from './open.ts';
import { portraitsRepository } from './portraits.ts';
import { retentionRepository } from './retention.ts';
import { type SealKey, sealChain } from './seals/seals.ts';
import { staffRepository } from './staff.ts';
import { tagsRepository } from './tags.ts';
import { takesRepository } from './takes.ts';
import { ticketsRepository } from './tickets.ts';
import { trailRepository } from './trail.ts';
import { wordsRepository } from './words.ts';

export interface Library {
  db: Db;
  clock: ReturnType<typeof clockRepository>;
  opening: Opened['opening'];
  /** What became of a damaged library, where it was built again at this start. */
  account: Opened['account'];
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
  /** What a damage is known to have cost and what nothing has brought back since; counts. */
  missing(): { portraits: number; older: number; consents: number };
  /** Makes a copy, examined before it gets its name. Rejects with what the disk raises. */
  backUp(): Promise<Made>;
  /** Looks for damage in small steps, apart from everybody; answers what was found, for the log. */
  check(): Promise<string[]>;
  copies(): CopiesState;
  /** What the seals beside the library say of the chain of consent. */
  seals(): SealState;
  /** Whether the portrait's person was erased, as far as anything beside the library tells. */
  wasErased(portraitId: string): boolean;
  /** Takes what was deleted or taken back out of the library's copies as well. */
  scrub(gone: Gone): void;
  /** The same, letting others work in between. */
  scrubInSteps(gone: Gone): Promise<void>;
  close(): void;
}

export interface LibraryOptions {
  /** With it the chain's head is kept outside the database too, sealed. */
  seal?: SealKey;
  /** Whether the clock may be believed; while it may not, no copy goes for its age. */
  trusted?: () => boolean;
  /** Looks at copies elsewhere than in a thread. */
  examine?: Examiner;
  /** Bytes that a copy leaves free on the disk. */
  reserve?: number;
}

/** Opens the library in `dir` and builds its repositories. Throws as `openLibrary` does. */
export function createLibrary(dir: string, now: () => Date, options: LibraryOptions = {}): Library {
  const ends = openEnds(dir);
  const { db, opening, account } = openLibrary(dir, now, ends);
  // Before anything adds a link.
  const seals = options.seal && sealChain(db, dir, options.seal, opening);
  watchEnds(db, ends);
  completeEnds(db, ends);
  // What a power cut stopped between the file and the library, and whatever an older library brings back.
  applyEnds(db, ends.all(), now().toISOString());
  const copies = createCopies({ db, dir, now, ends, ...options });
  const reader = readOnly(db);
  return {
    db,
    opening,
    account,
    clock: clockRepository(db),
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
    missing: () => missingOf(db, account),
    backUp: copies.make,
    check: copies.check,
    copies: copies.state,
    seals: () => seals?.state() ?? { ok: true, restored: null, anew: false },
    wasErased: (portraitId) => ends.erased(portraitId) !== undefined,
    scrub: copies.scrub,
    scrubInSteps: copies.scrubInSteps,
    close: () => db.close(),
  };
}

function missingOf(db: Db, account: Library['account']): ReturnType<Library['missing']> {
  if (account === undefined) return { portraits: 0, older: 0, consents: 0 };
  const there = db.prepare('SELECT 1 FROM portraits WHERE id = ?');
  const portraits = account.missing.filter((id) => there.get(id) === undefined).length;
  return { portraits, older: account.older.length, consents: account.consents };
}
