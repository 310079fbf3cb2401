import type { TakeClosing } from '../../../shared/domain/take.ts';
import type { Files } from './files.ts';
import { eraseTakeFiles, type TakesFolder } from './folder.ts';
import type { CaptureAudio, CaptureStore, LiveAnalysis } from './ports.ts';
import { readSidecar, type Sidecar, writeSidecar } from './sidecar.ts';
import { type Gap, type KnownSound, nothingKnown, soundOf, withGaps } from './sound-of.ts';
import { createTakeWriter, type Put, type TakeWriter } from './take-writer.ts';

export interface OpenTakesPorts {
  files: Files;
  folder: TakesFolder;
  store: CaptureStore;
  audio: CaptureAudio;
  now(): Date;
  uptime(): number;
  log(message: string, error: unknown): void;
}

export interface OpenTake {
  readonly takeId: string;
  readonly portraitId: string;
  readonly tokenHash: string;
  /** By `uptime`. */
  lastHeardOf: number;
  readonly writer: TakeWriter;
  readonly live: LiveAnalysis | undefined;
  closing: Promise<KnownSound> | undefined;
}

export type Ending = Pick<TakeClosing, 'state' | 'goFrame' | 'elapsedMs'> & { gaps?: Gap[] | undefined };

/** The takes that are being written. */
export function createOpenTakes({ files, folder, store, audio, now, uptime, log }: OpenTakesPorts) {
  const takes = new Map<string, OpenTake>();

  function listen(sampleRate: number): LiveAnalysis | undefined {
    try {
      return audio.live(sampleRate);
    } catch (error) {
      log('the live analysis did not start', error);
      return undefined;
    }
  }

  async function finish(take: OpenTake, ending: Ending): Promise<KnownSound> {
    const { takeId, writer, live } = take;
    const { frames, sha256 } = await writer.close();
    const path = folder.sidecar(takeId);
    const closing = { ...ending, closedAt: now().toISOString(), frames, sha256 };
    const noting = readSidecar(files, path)
      .then((record) => (record ? writeSidecar(files, path, { ...record, closing }) : undefined))
      .catch((error: unknown) => log('the closing of a take could not be written beside it', error));
    const heard = frames === 0 ? nothingKnown : await soundOf(live, audio, writer.path, log);
    const sound = withGaps(heard, ending.gaps, writer.sampleRate);
    await noting;
    store.closeTake(takeId, { ...closing, ...sound });
    takes.delete(takeId);
    return sound;
  }

  return {
    get: (takeId: string): OpenTake | undefined => takes.get(takeId),
    all: (): OpenTake[] => [...takes.values()],
    ofPortrait: (portraitId: string): OpenTake[] => [...takes.values()].filter((t) => t.portraitId === portraitId),

    /** Makes file and sidecar, both durable, before any sound. Rejects with EEXIST when there is such a file already. */
    async open(record: Sidecar, tokenHash: string): Promise<void> {
      const { takeId, portraitId, source } = record;
      const live = listen(source.sampleRate);
      let writer: TakeWriter | undefined;
      try {
        writer = await createTakeWriter(folder.wav(takeId), source.sampleRate, files, (pcm) => live?.push(pcm));
        await writeSidecar(files, folder.sidecar(takeId), record);
      } catch (error) {
        live?.abort();
        await writer?.abandon();
        throw error;
      }
      const lastHeardOf = uptime();
      takes.set(takeId, { takeId, portraitId, tokenHash, lastHeardOf, writer, live, closing: undefined });
    },

    async put(take: OpenTake, chunk: number, bytes: Uint8Array): Promise<Put> {
      take.lastHeardOf = uptime();
      if (take.closing !== undefined) return { ok: false, code: 'CLOSED' };
      return take.writer.put(chunk, bytes);
    },

    /** Closes the take in file and library. When it fails the take stays open, and closing may be tried again. */
    close(take: OpenTake, ending: Ending): Promise<KnownSound> {
      take.closing ??= finish(take, ending).catch((error: unknown) => {
        take.closing = undefined;
        throw error;
      });
      return take.closing;
    },

    /** Closes a take nobody will stop any more; one without a frame is forgotten. True when it has sound. */
    async interrupt(take: OpenTake): Promise<boolean> {
      await this.close(take, { state: 'recovered', goFrame: null, elapsedMs: null });
      if (take.writer.frames > 0) return true;
      store.forgetTake(take.takeId);
      await eraseTakeFiles(files, folder, [take.takeId]);
      return false;
    },

    /** Lets go of takes that are about to be erased. */
    async abandon(takeIds: readonly string[]): Promise<void> {
      for (const takeId of takeIds) {
        const take = takes.get(takeId);
        if (take === undefined) continue;
        take.live?.abort();
        await take.writer.abandon();
        takes.delete(takeId);
      }
    },
  };
}
