import type { Audio } from './audio/audio.ts';
import type { Clock } from './clock/clock.ts';
import type { Consent } from './consent/consent.ts';
import type { DeliveryService } from './delivery/delivery.ts';
import type { Devices } from './devices/devices.ts';
import { checkConsent, checkDatabase, checkFfmpeg, checkQueue } from './health/checks.ts';
import { checkClock } from './health/clock.ts';
import { checkDisk } from './health/disk.ts';
import { createHealth } from './health/health.ts';
import type { MicrophoneWatch } from './health/microphone.ts';
import type { Library } from './library/library.ts';

export interface CheckingParts {
  library: Pick<Library, 'opening' | 'missing' | 'copies' | 'seals'>;
  audio: Pick<Audio, 'ffmpeg'>;
  delivery: Pick<DeliveryService, 'summary'>;
  consent: Pick<Consent, 'chain' | 'unsure'>;
  clock: Pick<Clock, 'state'>;
  microphone: Pick<MicrophoneWatch, 'check'>;
  devices: Pick<Devices, 'known'>;
  /** Bytes that may still be written. */
  free: () => Promise<number>;
  /** Bytes of them that only recordings may use. */
  kept: number;
  now: () => Date;
  log: (what: string, error?: unknown) => void;
}

/** The hosts' panel of health: what is asked of each service. */
export function createChecking({
  library,
  audio,
  delivery,
  consent,
  clock,
  microphone,
  devices,
  free,
  kept,
  now,
  log,
}: CheckingParts) {
  return createHealth(
    {
      microphone: () => microphone.check(devices.known()),
      disk: () => checkDisk(free, kept),
      ffmpeg: async () => checkFfmpeg(await audio.ffmpeg()),
      clock: () => checkClock(clock.state(), consent.unsure()),
      queue() {
        const { counts, paused } = delivery.summary();
        return checkQueue({
          waiting: (counts.waiting ?? 0) + (counts.running ?? 0),
          failed: counts.failed ?? 0,
          paused,
        });
      },
      database: () => checkDatabase({ opening: library.opening, missing: library.missing(), ...library.copies() }),
      consent: () => checkConsent(consent.chain(), library.seals()),
    },
    now,
    (error) => log('a health check failed', error),
  );
}
