import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { chunkLimit } from '../../../shared/domain/chunk.ts';
import { bytesPerFrame } from '../../../shared/domain/pcm.ts';
import { headerBytes, wavHeader } from '../../../shared/domain/wav.ts';
import { type Files, isFull } from './files.ts';
import { seal, writeAll } from './sealing.ts';

export type Put =
  | { ok: true; durableChunks: number; durableFrames: number }
  | { ok: false; code: 'INVALID' | 'TOO_LARGE' | 'DISK_FULL' | 'CLOSED' }
  | { ok: false; code: 'MISSING_CHUNKS'; expected: number };

/**
 * Makes the file of a take and writes it chunk by chunk: each is appended, synced and only then counted. Its sizes stay
 * unknown until `close`. Rejects when the file exists or cannot be made. `onDurable` gets each chunk once, in order.
 */
export async function createTakeWriter(
  path: string,
  sampleRate: number,
  files: Files,
  onDurable: (pcm: Uint8Array) => void,
) {
  const file = await files.open(path, 'wx+', 0o600);
  try {
    await writeAll(file, wavHeader(sampleRate, null), 0);
    await file.sync();
  } catch (error) {
    await file.close();
    throw error;
  }
  /** Length and checksum of each durable chunk, to know a repeat from something else. */
  const chunks: { length: number; sum: number }[] = [];
  const hash = createHash('sha256');
  let size = 0;
  let closed = false;
  let queue: Promise<unknown> = Promise.resolve();

  /** One thing at a time, in the order asked for. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  }

  const receipt = (): Put => ({ ok: true, durableChunks: chunks.length, durableFrames: size / bytesPerFrame });

  async function append(bytes: Uint8Array): Promise<Put> {
    const end = headerBytes + size;
    try {
      await writeAll(file, bytes, end);
      await file.datasync();
    } catch (error) {
      // After a failed sync nobody knows what is on the disk; this chunk is written again, at the same place.
      await file.truncate(end).catch(() => undefined);
      if (isFull(error)) return { ok: false, code: 'DISK_FULL' };
      throw error;
    }
    chunks.push({ length: bytes.length, sum: crc32(bytes) });
    size += bytes.length;
    hash.update(bytes);
    onDurable(bytes);
    return receipt();
  }

  return {
    path,
    sampleRate,
    get chunks(): number {
      return chunks.length;
    },
    get frames(): number {
      return size / bytesPerFrame;
    },
    /** Rejects when the disk fails in any way but being full; the chunk may be sent again. */
    put(chunk: number, bytes: Uint8Array): Promise<Put> {
      return inTurn(async (): Promise<Put> => {
        if (closed) return { ok: false, code: 'CLOSED' };
        if (bytes.length > chunkLimit) return { ok: false, code: 'TOO_LARGE' };
        if (bytes.length === 0 || bytes.length % bytesPerFrame !== 0) return { ok: false, code: 'INVALID' };
        if (chunk > chunks.length) return { ok: false, code: 'MISSING_CHUNKS', expected: chunks.length };
        const before = chunks[chunk];
        if (before === undefined) return append(bytes);
        const same = before.length === bytes.length && before.sum === crc32(bytes);
        return same ? receipt() : { ok: false, code: 'INVALID' };
      });
    },
    /** Seals the file and makes it read-only. Answers its frames and the SHA-256 (hex) of its PCM. May be tried again. */
    close(): Promise<{ frames: number; sha256: string }> {
      return inTurn(async () => {
        if (!closed) {
          await seal(file, sampleRate, size / bytesPerFrame);
          closed = true;
          await file.close();
          // Not every file system knows the bit; the master is whole without it.
          await files.chmod(path, 0o444).catch(() => undefined);
        }
        return { frames: size / bytesPerFrame, sha256: hash.copy().digest('hex') };
      });
    },
    /** Lets the file go as it is, to be erased. */
    abandon(): Promise<void> {
      return inTurn(async () => {
        if (closed) return;
        closed = true;
        await file.close();
      });
    },
  };
}
export type TakeWriter = Awaited<ReturnType<typeof createTakeWriter>>;
