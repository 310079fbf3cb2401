import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { makeZip, predictLength } from 'client-zip';
import type { ExportFile } from '../../../shared/domain/batch.ts';
import type { Exports } from './exports.ts';
import type { PublicationParts } from './ports.ts';

export interface ZipAnswer {
  name: string;
  /** Exact length of the whole, so that the browser can show how far it is. */
  length: bigint;
  /** Reading it to its end makes the export done; giving up leaves it ready. */
  open(): ReadableStream<Uint8Array>;
}

/**
 * ZIPs on their way to somebody. Sounds are stored as they are (they do not get smaller), so the length is known before
 * the first byte. The gate is asked once more before every file: a portrait that was withdrawn meanwhile ends the
 * download there, since what was promised cannot be shortened, and the next one is prepared without it.
 */
export function createZips(parts: PublicationParts, jobs: Pick<Exports, 'folderOf'>) {
  const { exports, batches } = parts;
  /** Downloads under way of each export. */
  const under = new Map<string, number>();

  function blockedNow(jobId: string, purpose: Parameters<PublicationParts['mayUse']>[1]): ExportFile | undefined {
    return exports
      .files(jobId)
      .find(({ portraitId }) => portraitId !== null && !parts.mayUse(portraitId, purpose).allowed);
  }

  return function answer(jobId: string): ZipAnswer | undefined {
    const job = exports.get(jobId);
    const batch = job === undefined ? undefined : batches.get(job.batchId);
    if (job === undefined || batch === undefined || job.kind !== 'zip' || job.state !== 'ready') return undefined;
    if (!parts.trusted()) return undefined;
    if (blockedNow(jobId, batch.purpose) !== undefined) {
      exports.move(jobId, ['ready'], 'failed', 'withdrawn', 'studio');
      parts.onChange('batches');
      return undefined;
    }
    const folder = jobs.folderOf(job);
    const files = exports.files(jobId);
    const inside = job.place.replace(/\.zip$/, '');
    const lastModified = new Date(job.createdAt);
    const named = files.map((file) => ({ name: `${inside}/${file.name}`, size: file.bytes, file }));

    async function* entries() {
      let reading: ReturnType<typeof createReadStream> | undefined;
      let whole = false;
      under.set(jobId, (under.get(jobId) ?? 0) + 1);
      try {
        for (const { name, size, file } of named) {
          if (!parts.trusted()) throw new Error('the clock is in doubt');
          const stays = file.portraitId !== null && !parts.mayUse(file.portraitId, batch?.purpose ?? 'archive').allowed;
          if (stays || exports.get(jobId)?.state === 'cancelled') {
            if (stays) exports.move(jobId, ['ready'], 'failed', 'withdrawn', 'studio');
            parts.onChange('batches');
            throw new Error(stays ? 'a portrait was withdrawn during the download' : 'the export was cancelled');
          }
          // Noted before its first byte: half a file can be heard too.
          const handed = { batch: batch?.name ?? '', actor: job?.actor ?? 'host', place: job?.place ?? '' };
          exports.sent(jobId, file, handed);
          reading = createReadStream(join(folder, file.name));
          yield { name, size, lastModified, input: Readable.toWeb(reading) as ReadableStream<Uint8Array> };
        }
        whole = true;
      } finally {
        reading?.destroy();
        const left = (under.get(jobId) ?? 1) - 1;
        if (left === 0) under.delete(jobId);
        else under.set(jobId, left);
        if (whole) exports.move(jobId, ['ready'], 'done', null, 'studio');
        if (left === 0 && exports.get(jobId)?.state === 'done') await rm(folder, { recursive: true, force: true });
        parts.onChange('batches');
      }
    }

    const length = predictLength(named.map(({ name, size }) => ({ name, size })));
    return { name: job.place, length, open: () => forgiving(makeZip(entries())) };
  };
}

/** A stream that may be given up: the library throws into its source then, which throws it back. */
function forgiving(stream: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = stream.getReader();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason).catch(() => undefined),
  });
}
