import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { cooperative, event } from '../../shared/contract/event.ts';
import { lastDayOfUse } from '../../shared/domain/consent.ts';
import { localDay } from '../../shared/domain/day.ts';
import { newId } from '../../shared/domain/ids.ts';
import { createAudio } from './audio/audio.ts';
import { boothTakes } from './boothTakes.ts';
import { createCapture } from './capture/capture.ts';
import { createChanges } from './changes.ts';
import { createChecking } from './checking.ts';
import { createClock } from './clock/clock.ts';
import { listening } from './clock/listening.ts';
import { steadyClock } from './clock/steady.ts';
import { type Consent, createConsent } from './consent/consent.ts';
import { keyOf, sealKey } from './consent/keys.ts';
import { createConsentTexts } from './consent/texts.ts';
import { createDelivery } from './delivery/delivery.ts';
import { wordpress } from './delivery/destinations/wordpress.ts';
import { nearby } from './delivery/nearby.ts';
import { fileSecrets } from './delivery/secrets.ts';
import { createDevices } from './devices/devices.ts';
import { freeBytes, hasRoom } from './health/disk.ts';
import { createMicrophoneWatch } from './health/microphone.ts';
import { createImporter } from './importing.ts';
import { feedOwner, inBatch, onSite } from './leaving.ts';
import { closeToOthers, prepareFolder } from './library/folder.ts';
import { createLibrary } from './library/library.ts';
import { holdFolder } from './library/lock.ts';
import { ownAddresses } from './network/addresses.ts';
import { createCertificate } from './network/certificate.ts';
import { createNetwork } from './network/network.ts';
import type { StudioOptions } from './options.ts';
import { factsOf } from './papers.ts';
import { createPlaces } from './places.ts';
import { createPublication } from './publication/publication.ts';
import { createRendering } from './rendering.ts';
import { fromResources } from './resources.ts';
import { createRoom } from './room.ts';
import { createSafekeeping } from './safekeeping.ts';
import { liftedBy } from './staff/lift.ts';
import { createStaff } from './staff/staff.ts';
import { createPaperTickets } from './ticket/tickets.ts';
import { createTranscribing } from './transcribing.ts';

export type { StudioOptions } from './options.ts';

const start = z.object({ cooperatives: z.array(cooperative), event: event.omit({ id: true, day: true }) });

/**
 * Opens the library in `dataDir`, builds every service and hands each what it needs of the others. Rejects with
 * FolderUnusable, FolderInUse, DatabaseFromTheFuture, ResourcesUnusable, or what the disk raises; the folder is then
 * free again.
 */
export async function createStudio(options: StudioOptions) {
  prepareFolder(options.dataDir);
  const release = holdFolder(options.dataDir);
  closeToOthers(options.dataDir);
  try {
    return await build(options, release);
  } catch (error) {
    release();
    throw error;
  }
}
export type Studio = Awaited<ReturnType<typeof createStudio>>;

async function build(options: StudioOptions, release: () => void) {
  const log = options.log ?? (() => undefined);
  const folders = {
    takes: join(options.dataDir, 'takes'),
    renditions: join(options.dataDir, 'renditions'),
    covers: join(options.dataDir, 'covers'),
    exports: join(options.dataDir, 'exports'),
  };
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });

  // Before everything else: whatever asks for the time asks this one.
  const clock = createClock({
    wall: options.now ?? (() => new Date()),
    steady: options.steady ?? steadyClock(),
    onChange(moved) {
      changes.note('clock');
      changes.note('health');
      if (moved) changes.note('portraits');
      afterClock();
    },
    log,
  });
  const { now } = clock;
  const freeIn = options.disk?.free ?? freeBytes;
  const room = createRoom({ dataDir: options.dataDir, free: freeIn, reserve: options.disk?.reserve });
  const secrets = fileSecrets(join(options.dataDir, 'secrets.json'), options.keyStore);
  const kept = { trusted: clock.trusted, reserve: room.kept, seal: sealKey(secrets) };
  const library = createLibrary(options.dataDir, now, kept);
  clock.open(library.clock);
  const changes = createChanges(now().getTime(), clock.acted);
  const resource = (name: string) => join(options.resourcesDir, name);
  const beginning = fromResources(options.resourcesDir, () =>
    start.parse(JSON.parse(readFileSync(resource('question-sets/start.json'), 'utf8'))),
  );
  library.events.seed(beginning.cooperatives, { ...beginning.event, day: localDay(now()) });
  const settings = library.settings.get;
  const consentTexts = fromResources(options.resourcesDir, () =>
    createConsentTexts(resource('consent'), library.consentTexts, () => {
      const { consent, ...current } = library.events.current();
      const until = lastDayOfUse({ ...current, consent });
      const { contact, keptDays } = consent;
      return { controller: consent.controller || current.name, contact, until, keptDays };
    }),
  );
  // Answers of an older version join the chain before anything asks what is allowed.
  library.consent.adoptOlder();
  const microphone = createMicrophoneWatch(now);
  const devices = createDevices({
    now,
    uptime: () => performance.now(),
    newId,
    onChange() {
      changes.note('devices');
      changes.note('health');
    },
  });
  const staff = createStaff(library.staff, now, {
    running: clock.running,
    idleMs: () => settings().signOutMinutes * 60_000,
    lifted: liftedBy(options.dataDir),
    onChange: () => changes.note('staff'),
    vouchKey: () => keyOf(secrets, 'vouch', () => randomBytes(32).toString('base64')).key,
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
    withRoom: room.use,
    ...options.programs?.ffmpeg,
  });
  const free = () => freeIn(options.dataDir);

  const capture = createCapture({
    dir: folders.takes,
    store: boothTakes({
      library,
      seal: (contact) => consent.seal(contact),
      stopWriting: (portraitId) => void transcripts.cancel(portraitId),
      log,
    }),
    audio,
    diskFree: free,
    now,
    knownText: consentTexts.knows,
    guardiansNeeded: () => library.events.current().consent.guardians,
    vouched: staff.vouched,
    onUnconfirmed: () => changes.note('portraits'),
    log,
  });

  const rendering = createRendering({ library, audio, target, takesFolder: folders.takes, log });

  const importSound = createImporter({
    audio,
    takes: library.takes,
    folders: { takes: folders.takes, incoming: join(options.dataDir, 'incoming') },
    room,
    now,
  });

  const delivery = createDelivery({
    store: {
      deliveries: library.deliveries,
      leases: library.deliveryLeases,
      destinations: library.destinations,
    },
    kinds: [wordpress({ fetch: listening(nearby(options.fetch ?? globalThis.fetch), clock.heard) })],
    secrets,
    renditions: rendering.forDelivery,
    portrait(portraitId) {
      const portrait = library.portraits.get(portraitId);
      return portrait && onSite(portrait);
    },
    mayUse: library.consent.mayUse,
    trusted: clock.trusted,
    onTakenDown: (portraitId) => consent.settle(portraitId),
    onWithdrawnOnSite: (told) => consent.hearSite(told),
    onChange: changes.note,
    log: (event, facts) => log(`${event} ${JSON.stringify(facts)}`),
    now,
    ...(options.deliveryTimes ? { times: options.deliveryTimes } : {}),
  });

  const transcripts = createTranscribing({
    library,
    audio,
    takesFolder: folders.takes,
    folder: join(options.dataDir, 'transcripts'),
    whisper: options.programs?.whisper,
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
      return portrait && inBatch(portrait);
    },
    mayUse,
    render: rendering.render,
    audio,
    publish: (portraitId, destinationId, actor) => delivery.publish({ portraitId, destinationId }, actor),
    knowsDestination: (id) => library.destinations.get(id) !== undefined,
    summary: (portraitIds) => consent.summary(portraitIds),
    owner: (portraitId) => feedOwner(library, portraitId),
    freeBytes: room.left,
    dataDir: options.dataDir,
    exportRoots: options.exportRoots,
    folders,
    onChange: changes.note,
    log,
    now,
    trusted: clock.trusted,
  });

  const safekeeping = createSafekeeping({ library, onChange: () => changes.note('health'), log });
  const consent: Consent = createConsent({
    store: library.consent,
    tickets: library.tickets,
    retention: library.retention,
    erasures: library.erasures,
    erasers: {
      take: (takeId) => capture.eraseFiles([takeId]),
      rendition: audio.removeRendition,
      export: publication.forget,
      copies: (portraitId) => library.scrubInSteps(library.erasures.copiesOf(portraitId)),
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
    stopWriting: transcripts.cancel,
    facts: (portraitId) => factsOf(library, portraitId),
    soundPath: capture.master,
    backUp: safekeeping.backUp,
    onChange: () => changes.note('portraits'),
    log,
    now,
    clock,
  });

  const places = createPlaces({ dataDir: options.dataDir });

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

  /** What waited for a clock to believe goes on; what it moved follows on the disk. */
  function afterClock(): void {
    if (!open || closing) return;
    delivery.wake();
    following = following
      .then(followClock)
      .then(consent.tend)
      .catch((error: unknown) => log('what follows the clock could not be done', error));
  }
  /** Records beside the masters say the right times too, and so does a copy made at once. */
  async function followClock(): Promise<void> {
    const moved = library.clock.movedTakes();
    for (const take of moved) {
      await capture.putRight(take);
      library.clock.takeFollowed(take.takeId);
    }
    if (moved.length > 0) await safekeeping.backUp();
  }
  let open = false;
  let closing = false;
  let following: Promise<unknown> = Promise.resolve();

  const health = createChecking({
    library,
    audio,
    delivery,
    consent,
    clock,
    microphone,
    devices,
    free,
    kept: room.kept,
    now,
    log,
  });

  // Before anything else is allowed to start: what a crash left open becomes a portrait again.
  const lost = library.opening !== 'opened' && library.opening !== 'created';
  const recovery = await capture.recover({ adopt: lost ? 'lost' : 'stray' });
  await audio.sweep(now().getTime());
  rmSync(join(options.dataDir, 'incoming'), { recursive: true, force: true });
  // A copy from before a correction has the wrong times again.
  if (lost) library.clock.followRecords(await capture.rightTimes(), now().toISOString());
  await followClock();
  await publication.open();
  delivery.start();
  await consent.start();
  await safekeeping.start();
  open = true;

  return {
    folders,
    library,
    clock,
    changes,
    consentTexts,
    microphone,
    devices,
    staff,
    network,
    audio,
    capture,
    delivery,
    publication,
    mayUse,
    consent,
    tickets,
    places,
    health,
    transcripts,
    render: rendering.render,
    takePeaks: rendering.takePeaks,
    importSound,
    recovery,
    safekeeping,
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
      safekeeping.stop();
      consent.stop();
      changes.close();
      devices.close();
      await transcripts.close();
      await network.close();
      await publication.close();
      await delivery.stop();
      await following;
      await capture.close();
      clock.close();
      library.close();
      release();
    },
  };
}
