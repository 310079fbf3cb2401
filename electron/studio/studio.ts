import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { cooperative, event } from '../../shared/contract/event.ts';
import { createAudio } from './audio/audio.ts';
import { recipe } from './audio/recipe.ts';
import { createCapture } from './capture/capture.ts';
import { createChanges } from './changes.ts';
import { createConsentTexts } from './consent/texts.ts';
import { createDelivery } from './delivery/delivery.ts';
import { checkDatabase, checkFfmpeg, checkQueue } from './health/checks.ts';
import { checkClock } from './health/clock.ts';
import { checkDisk, freeBytes, hasRoom } from './health/disk.ts';
import { createHealth } from './health/health.ts';
import { createMicrophoneWatch } from './health/microphone.ts';
import { createLibrary } from './library/library.ts';
import { holdFolder } from './library/lock.ts';
import { createStaff } from './staff/staff.ts';

export interface StudioOptions {
  /** Where everything the booth keeps lives; made when it is not there. */
  dataDir: string;
  /** Consent texts, question sets, sounds. */
  resourcesDir: string;
  now?: () => Date;
  /** Hears what went wrong, with what was being done; never given names, PINs or passwords. */
  log?: (what: string, error?: unknown) => void;
}

const start = z.object({ cooperatives: z.array(cooperative), event: event.omit({ id: true, day: true }) });

/** How often a whole copy of the library is made. */
const backupMs = 60 * 60 * 1000;

/** Opens the library in `dataDir`, builds every service and hands each what it needs of the others. */
export async function createStudio(options: StudioOptions) {
  const now = options.now ?? (() => new Date());
  const log = options.log ?? (() => undefined);
  const release = holdFolder(options.dataDir);
  const folders = { takes: join(options.dataDir, 'takes'), renditions: join(options.dataDir, 'renditions') };
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });

  const library = createLibrary(options.dataDir, now);
  const beginning = start.parse(JSON.parse(readFileSync(join(options.resourcesDir, 'question-sets/start.json'), 'utf8')));
  library.events.seed(beginning.cooperatives, { ...beginning.event, day: localDay(now()) });
  const settings = library.settings.get;
  const changes = createChanges();
  const consentTexts = createConsentTexts(join(options.resourcesDir, 'consent'), library.consentTexts);
  const microphone = createMicrophoneWatch(now);
  const target = () => ({ lufs: settings().targetLufs, truePeak: settings().targetTruePeak });
  const audio = createAudio({ ffmpegPath: () => settings().ffmpegPath, target, folder: folders.renditions });
  const capture = createCapture({});
  const delivery = createDelivery({});
  return {};
}
export type Studio = Awaited<ReturnType<typeof createStudio>>;

/** The day on the booth's own wall calendar, YYYY-MM-DD. */
function localDay(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
