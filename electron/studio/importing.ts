import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ImportAbout, ImportRefusal } from '../../shared/contract/import.ts';
import type { StaffActor } from '../../shared/domain/actor.ts';
import { newId } from '../../shared/domain/ids.ts';
import { importLimit, importSeconds } from '../../shared/domain/importing.ts';
import type { Audio } from './audio/audio.ts';
import type { Library } from './library/library.ts';
import type { Room } from './room.ts';

export type Imported = { ok: true; portraitId: string } | ({ ok: false } & ImportRefusal);

export interface ImporterParts {
  audio: Pick<Audio, 'decodeToMaster' | 'analyse'>;
  takes: Pick<Library['takes'], 'takeIn'>;
  /** Where masters lie, and where a file lies while it comes in. */
  folders: { takes: string; incoming: string };
  /** Room beside what is kept for recordings. */
  room: Pick<Room, 'use'>;
  now: () => Date;
}

class TooLarge extends Error {}

const refuse = (code: ImportRefusal['code']): Imported => ({ ok: false, code });
const isFull = (error: unknown) =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');

/** Takes sound files in: written down as they come, decoded to a master, analysed, and put before the hosts. */
export function createImporter({ audio, takes, folders, room, now }: ImporterParts) {
  async function receive(body: ReadableStream<Uint8Array>, path: string, signal: AbortSignal): Promise<void> {
    let bytes = 0;
    const counted = new Transform({
      transform(chunk: Uint8Array, _, done) {
        bytes += chunk.length;
        done(bytes > importLimit ? new TooLarge() : null, chunk);
      },
    });
    const source = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]);
    await pipeline(source, counted, createWriteStream(path, { flags: 'wx', mode: 0o600 }), { signal });
  }

  async function makeTake(input: string, about: ImportAbout, actor: StaffActor, signal: AbortSignal) {
    const takeId = newId();
    const path = join(folders.takes, `${takeId}.wav`);
    const decoded = await audio.decodeToMaster(input, path, { signal, mostSeconds: importSeconds });
    if (!decoded.ok) {
      if (decoded.error === 'diskFull') return refuse('DISK_FULL');
      if (decoded.error === 'noFfmpeg') return refuse('NO_FFMPEG');
      if (decoded.error === 'ffmpegFailed') return refuse('FFMPEG_FAILED');
      return refuse(decoded.error === 'tooLong' ? 'TOO_LONG' : 'NOT_A_SOUND');
    }
    try {
      const { sampleRate, frames, sha256 } = decoded.value;
      if (frames === 0) throw new TooLarge();
      const { peaks, ...verdict } = await audio.analyse(path);
      // Not every file system knows the bit; the master is whole without it.
      await chmod(path, 0o444).catch(() => undefined);
      const closing = {
        state: 'closed',
        closedAt: now().toISOString(),
        frames,
        goFrame: null,
        elapsedMs: null,
      } as const;
      const portraitId = newId();
      takes.takeIn({ portraitId, takeId, about, sampleRate, closing: { ...closing, sha256, verdict, peaks } }, actor);
      return { ok: true as const, portraitId };
    } catch (error) {
      await rm(path, { force: true });
      if (error instanceof TooLarge) return refuse('NOT_A_SOUND');
      throw error;
    }
  }

  return async function importSound(
    body: ReadableStream<Uint8Array>,
    about: ImportAbout,
    actor: StaffActor,
    signal: AbortSignal,
  ): Promise<Imported> {
    await mkdir(folders.incoming, { recursive: true });
    const input = join(folders.incoming, `${randomUUID()}.part`);
    try {
      await room.use(0, signal, (inner) => receive(body, input, inner));
      return await makeTake(input, about, actor, signal);
    } catch (error) {
      if (error instanceof TooLarge) return refuse('TOO_LARGE');
      if (isFull(error)) return refuse('DISK_FULL');
      // The page went away in the middle.
      if (signal.aborted) return refuse('INVALID');
      throw error;
    } finally {
      await rm(input, { force: true });
    }
  };
}
