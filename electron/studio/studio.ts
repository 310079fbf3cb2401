import { createHash, type ScryptOptions } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { cooperative, event } from '../../shared/contract/event.ts';
import { type ConsentScope, lastDayOfUse, nameShown } from '../../shared/domain/consent.ts';
import { localDay } from '../../shared/domain/day.ts';
import type { Format } from '../../shared/domain/sound.ts';
import { type AudioResult, createAudio, type RenderOptions } from './audio/audio.ts';
import { recipe, renditionId } from './audio/recipe.ts';
import type { Rendition } from './audio/shelf.ts';
import { createCapture } from './capture/capture.ts';
import type { CaptureStore } from './capture/ports.ts';
import { createChanges } from './changes.ts';
import { type Consent, createConsent } from './consent/consent.ts';
import type { PortraitFacts } from './consent/ports.ts';
import { createConsentTexts } from './consent/texts.ts';
import { createDelivery, type DeliveryParts } from './delivery/delivery.ts';
import { wordpress } from './delivery/destinations/wordpress.ts';
import type { RenditionOutcome } from './delivery/ports.ts';
import { fileSecrets, type KeyStore } from './delivery/secrets.ts';
import { checkConsent, checkDatabase, checkFfmpeg, checkQueue } from './health/checks.ts';
import { checkClock } from './health/clock.ts';
import { checkDisk, freeBytes, hasRoom } from './health/disk.ts';
import { createHealth } from './health/health.ts';
import { createMicrophoneWatch } from './health/microphone.ts';
import { createImporter } from './importing.ts';
import { createLibrary, type Library } from './library/library.ts';
import { holdFolder } from './library/lock.ts';
import type { StoredPortrait } from './library/portraits.ts';
import { ownAddresses } from './network/addresses.ts';
import { createCertificate } from './network/certificate.ts';
import { createNetwork } from './network/network.ts';
import type { Portrait } from './publication/ports.ts';
import { createPublication } from './publication/publication.ts';
import { createStaff } from './staff/staff.ts';
import { createPaperTickets } from './ticket/tickets.ts';
import { createTranscripts } from './transcript/transcripts.ts';
import { whisper } from './transcript/whisper.ts';

export interface StudioOptions {
  /** Where everything the booth keeps lives; made when it is not there. */
  dataDir: string;
  /** Consent texts, question sets, sounds. */
  resourcesDir: string;
  now?: () => Date;
  /** Hears what went wrong, with what was being done; never given names, PINs or passwords. */
  log?: (what: string, error?: unknown) => void;
  /** The operating system's key store; without it passwords lie in a file only its owner can read. */
  keyStore?: KeyStore;
  fetch?: typeof globalThis.fetch;
  /** A cheaper guess, for tests; a booth takes the recommended cost. */
  pinCost?: ScryptOptions;
  /** Addresses and port of the desk on the network, for tests: they never leave loopback. */
  network?: { addresses: () => string[]; port: number };
  /** Shorter waits, for tests. */
  deliveryTimes?: DeliveryParts['times'];
}

const start = z.object({ cooperatives: z.array(cooperative), event: event.omit({ id: true, day: true }) });

/** How often a whole copy of the library is made. */
const backupMs = 60 * 60 * 1000;

/**
 * Opens the library in `dataDir`, builds every service and hands each what it needs of the others. Rejects with
 * FolderInUse, DatabaseFromTheFuture, or what the disk raises; the folder is then free again.
 */
export async function createStudio(options: StudioOptions) {
  const release = holdFolder(options.dataDir);
  try {
    return await build(options, release);
  } catch (error) {
    release();
    throw error;
  }
}
export type Studio = Awaited<ReturnType<typeof createStudio>>;

async function build(options: StudioOptions, release: () => void) {
  const now = options.now ?? (() => new Date());
  const log = options.log ?? (() => undefined);
  const folders = {
    takes: join(options.dataDir, 'takes'),
    renditions: join(options.dataDir, 'renditions'),
    covers: join(options.dataDir, 'covers'),
    exports: join(options.dataDir, 'exports'),
  };
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });

  const library = createLibrary(options.dataDir, now);
  const beginning = start.parse(
    JSON.parse(readFileSync(join(options.resourcesDir, 'question-sets/start.json'), 'utf8')),
  );
  library.events.seed(beginning.cooperatives, { ...beginning.event, day: localDay(now()) });
  const settings = library.settings.get;
  const changes = createChanges();
  const consentTexts = createConsentTexts(join(options.resourcesDir, 'consent'), library.consentTexts, () => {
    const { consent, ...current } = library.events.current();
    const until = lastDayOfUse({ ...current, consent });
    const { contact, keptDays } = consent;
    return { controller: consent.controller || current.name, contact, until, keptDays };
  });
  // Answers of an older version join the chain before anything asks what is allowed.
  library.consent.adoptOlder();
  const secrets = fileSecrets(join(options.dataDir, 'secrets.json'), options.keyStore);
  const microphone = createMicrophoneWatch(now);
  const staff = createStaff(library.staff, now, {
    idleMs: () => settings().signOutMinutes * 60_000,
    onChange: () => changes.note('staff'),
    ...(options.pinCost ? { scryptCost: options.pinCost } : {}),
  });
  const network = createNetwork({
    store: library.network,
    staff: {
      disconnectAll: () => staff.disconnectAll('network'),
      unlock: () => staff.unlock('network'),
    },
    certificate: createCertificate(options.dataDir, now),
    addresses: options.network?.addresses ?? ownAddresses,
    port: options.network?.port,
    now,
    onChange: () => changes.note('network'),
    log,
  });
  const target = () => ({ lufs: settings().targetLufs, truePeak: settings().targetTruePeak });
  const audio = createAudio({
    ffmpegPath: () => settings().ffmpegPath,
    target,
    folder: folders.renditions,
    takesFolder: folders.takes,
  });
  const free = () => freeBytes(options.dataDir);

  const capture = createCapture({
    dir: folders.takes,
    store: captureStore(library, (contact) => consent.seal(contact)),
    audio,
    diskFree: free,
    now,
    knownText: consentTexts.knows,
    guardiansNeeded: () => library.events.current().consent.guardians,
    vouched: staff.vouched,
    onUnconfirmed: () => changes.note('portraits'),
    log,
  });

  /** The portrait's edit as files at publication loudness, in the formats of the settings and `more`. */
  async function render(portraitId: string, more: readonly Format[] = [], how: RenderOptions = {}) {
    const portrait = library.portraits.get(portraitId);
    if (portrait?.take == null || portrait.edit === null) {
      return { ok: false as const, error: 'noSound' as const, detail: 'the portrait has no sound' };
    }
    const wanted = {
      masterPath: join(folders.takes, `${portrait.take.id}.wav`),
      masterSha256: portrait.take.sha256,
      edit: portrait.edit,
      recipe: recipe(target(), [...settings().formats, ...more]),
    };
    // Written down before it is made and looked at again after: whenever its person is erased, it goes too.
    const rendition = renditionId(wanted.masterSha256, wanted.edit, wanted.recipe);
    const gone = { ok: false as const, error: 'noSound' as const, detail: 'the portrait was withdrawn' };
    if (!library.consent.noteRendition(portraitId, rendition)) return gone;
    const made = await audio.render(wanted, how);
    if (library.consent.noteRendition(portraitId, rendition)) return made;
    await audio.removeRendition(rendition);
    return gone;
  }

  /** Whether the file a take is drawn from is there; it is made when first asked for. */
  async function takePeaks(takeId: string): Promise<boolean> {
    const file = (ending: string) => join(folders.takes, `${takeId}.${ending}`);
    try {
      return await audio.takePeaks(file('wav'), file('peaks'));
    } catch (error) {
      log('a take could not be drawn', error);
      return false;
    }
  }

  const importSound = createImporter({
    audio,
    takes: library.takes,
    folders: { takes: folders.takes, incoming: join(options.dataDir, 'incoming') },
    now,
  });

  const delivery = createDelivery({
    store: {
      deliveries: library.deliveries,
      leases: library.deliveryLeases,
      destinations: library.destinations,
    },
    kinds: [wordpress({ fetch: options.fetch ?? globalThis.fetch })],
    secrets,
    async renditions(portraitId, deliveryId) {
      const edit = library.portraits.get(portraitId)?.edit;
      const rendered = await render(portraitId);
      if (rendered.ok && edit) library.edits.sentWith(deliveryId, edit);
      return publicationFile(rendered);
    },
    portrait(portraitId) {
      const portrait = library.portraits.get(portraitId);
      if (portrait === undefined) return undefined;
      return {
        title: portrait.title || `Portrait ${portrait.code ?? ''}`.trim(),
        text: portrait.text,
        tags: portrait.tags,
        code: portrait.code,
      };
    },
    mayUse: library.consent.mayUse,
    onTakenDown: (portraitId) => consent.settle(portraitId),
    onWithdrawnOnSite(portraitId) {
      if (library.portraits.get(portraitId) === undefined) return library.consent.records(portraitId).length > 0;
      const visitor = { actor: 'visitor', name: null } as const;
      consent
        .withdraw(portraitId, 'all', visitor)
        .catch((error: unknown) => log('a withdrawal could not be ended', error));
      return true;
    },
    onChange: changes.note,
    log: (event, facts) => log(`${event} ${JSON.stringify(facts)}`),
    now,
    ...(options.deliveryTimes ? { times: options.deliveryTimes } : {}),
  });

  const transcripts = createTranscripts({
    engine: whisper({ program: () => settings().whisperPath, model: () => settings().whisperModel }),
    store: {
      portrait(id) {
        const found = library.portraits.get(id);
        if (found === undefined) return undefined;
        const { language, transcript, take } = found;
        return { language, transcript, duration: take === null ? null : take.frames / take.sampleRate };
      },
      fill: (id, before, transcript) => library.words.fillTranscript(id, before, transcript).ok,
    },
    sound: {
      async write(portraitId, path, signal) {
        const take = library.portraits.get(portraitId)?.take;
        if (take == null) return { ok: false, detail: 'the portrait has no sound' };
        const written = await audio.speechFile(join(folders.takes, `${take.id}.wav`), path, signal);
        return written.ok ? { ok: true } : { ok: false, detail: written.detail };
      },
    },
    folder: join(options.dataDir, 'transcripts'),
    onChange: () => changes.note('transcript'),
    onWritten: () => changes.note('portraits'),
    log,
  });

  const { mayUse } = library.consent;
  const publication = createPublication({
    batches: library.batches,
    exports: library.exports,
    portrait(id) {
      const portrait = library.portraits.get(id);
      return portrait === undefined ? undefined : leaving(portrait, library.consent.scope(id));
    },
    mayUse,
    render,
    audio,
    publish: (portraitId, destinationId, actor) => delivery.publish({ portraitId, destinationId }, actor),
    knowsDestination: (id) => library.destinations.get(id) !== undefined,
    freeBytes,
    dataDir: options.dataDir,
    folders,
    onChange: changes.note,
    log,
    now,
  });

  const backUp = () => library.backUp().catch((error: unknown) => log('the backup failed', error));
  const consent: Consent = createConsent({
    store: library.consent,
    tickets: library.tickets,
    retention: library.retention,
    erasures: library.erasures,
    erasers: {
      take: (takeId) => capture.eraseFiles([takeId]),
      rendition: audio.removeRendition,
      export: publication.forget,
      copies: async (since) => library.scrub(since),
    },
    keys: secrets,
    knownText: consentTexts.knows,
    shownNow(language) {
      const shown = consentTexts.notices.find((notice) => notice.language === language);
      return shown && { textVersion: shown.version, textSha256: shown.sha256, language: shown.language };
    },
    handedOver: library.exports.copies,
    copiesOut: library.exports.copiesOut,
    cutOff: delivery.cutOff,
    facts: (portraitId) => factsOf(library, portraitId),
    soundPath: capture.master,
    backUp,
    onChange: () => changes.note('portraits'),
    log,
    now,
  });

  const tickets = createPaperTickets({
    setting: () => settings().ticketPrinter,
    log,
    look: consent.look,
    event() {
      const event = library.events.current();
      const { contact, withdrawalUrl } = event.consent;
      return { event, contact, until: lastDayOfUse(event), withdrawalUrl };
    },
  });

  const health = createHealth(
    {
      microphone: () => microphone.check(),
      disk: () => checkDisk(free),
      ffmpeg: async () => checkFfmpeg(await audio.ffmpeg()),
      clock: () => checkClock(now, library.lastEntry),
      queue() {
        const { counts, paused } = delivery.summary();
        return checkQueue({
          waiting: (counts.waiting ?? 0) + (counts.running ?? 0),
          failed: counts.failed ?? 0,
          paused,
        });
      },
      database: () => checkDatabase(library.opening),
      consent: () => checkConsent(consent.chain()),
    },
    now,
    (error) => log('a health check failed', error),
  );

  // Before anything else is allowed to start: what a crash left open becomes a portrait again.
  const recovery = await capture.recover({ adopt: library.opening === 'restored' || library.opening === 'renewed' });
  await audio.sweep();
  rmSync(join(options.dataDir, 'incoming'), { recursive: true, force: true });
  await publication.open();
  delivery.start();
  await consent.start();
  await backUp();
  const backups = setInterval(backUp, backupMs);
  backups.unref();
  let closing = false;

  return {
    folders,
    library,
    changes,
    consentTexts,
    microphone,
    staff,
    network,
    audio,
    capture,
    delivery,
    publication,
    mayUse,
    consent,
    tickets,
    health,
    transcripts,
    render,
    takePeaks,
    importSound,
    recovery,
    log,
    /** Whether a visitor may be invited to record now. */
    async readiness(): Promise<{ ready: boolean; reason: 'disk' | 'closing' | null }> {
      if (closing) return { ready: false, reason: 'closing' };
      if (!hasRoom(await free())) return { ready: false, reason: 'disk' };
      return { ready: true, reason: null };
    },
    /** Ends what runs, in the order in which each needs the others; a recording under way stays recoverable. */
    async close(): Promise<void> {
      if (closing) return;
      closing = true;
      clearInterval(backups);
      consent.stop();
      changes.close();
      await transcripts.close();
      await network.close();
      await publication.close();
      await delivery.stop();
      await capture.close();
      library.close();
      release();
    },
  };
}

/** The library's takes; what is discarded through it is gone from the library's copies too, and contacts are sealed. */
function captureStore({ takes, scrub }: Library, seal: (contact: string) => string): CaptureStore {
  return {
    ...takes,
    keep: (portraitId, takeId, choices) =>
      takes.keep(portraitId, takeId, { ...choices, contact: seal(choices.contact) }),
    discard(portraitId) {
      const begun = takes.begunAt(portraitId);
      const gone = takes.discard(portraitId);
      if (gone !== 'closed' && begun !== undefined) scrub(begun);
      return gone;
    },
  };
}

/** A portrait as it leaves the house. */
function leaving(portrait: StoredPortrait, scope: ConsentScope | undefined): Portrait {
  const { firstName, trade } = portrait.speaker;
  return {
    ...portrait,
    deskName: [firstName.trim(), trade.trim()].filter((part) => part !== '').join(', '),
    publicName: nameShown(scope, firstName.trim()),
    hasSound: portrait.take !== null,
  };
}

/** What the papers say of a portrait. */
function factsOf(library: Library, portraitId: string): PortraitFacts | undefined {
  const portrait = library.portraits.get(portraitId);
  if (portrait === undefined) return undefined;
  const { speaker, take, transcript, ...rest } = portrait;
  return {
    ...rest,
    firstName: speaker.firstName,
    trade: speaker.trade,
    takeId: take?.id ?? null,
    takeSha256: take?.sha256 ?? null,
    seconds: portrait.duration,
    transcript: transcript?.cues.map(({ text }) => text).join(' ') ?? '',
  };
}

type Rendered = AudioResult<Rendition>;

/** What a site is given: the MP3, with the MD5 that lets it notice an upload cut in the middle. */
async function publicationFile(rendered: Rendered): Promise<RenditionOutcome> {
  if (!rendered.ok) {
    const reason = rendered.error === 'noSound' || rendered.error === 'diskFull' ? rendered.error : 'renderFailed';
    return { ok: false, reason, detail: rendered.detail };
  }
  const { files } = rendered.value;
  const file = files.find(({ format }) => format === 'mp3') ?? files[0];
  if (file === undefined) return { ok: false, reason: 'renderFailed', detail: 'no file was made' };
  const md5 = createHash('md5')
    .update(await readFile(file.path))
    .digest('hex');
  const { path, bytes, mime, format } = file;
  return { ok: true, rendition: { path, bytes, md5, mime, format } };
}
