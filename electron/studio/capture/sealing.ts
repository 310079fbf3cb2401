import type { FileHandle } from 'node:fs/promises';
import { bytesPerFrame } from '../../../shared/domain/pcm.ts';
import { headerBytes, wavHeader } from '../../../shared/domain/wav.ts';

/** Writes all of `bytes` at `position`; the system may take fewer at a time. */
export async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

/** Makes a finished master of an open file: exactly these frames, a true header, RIFF's pad byte, all of it durable. */
export async function seal(file: FileHandle, sampleRate: number, frames: number): Promise<void> {
  const end = headerBytes + frames * bytesPerFrame;
  await file.truncate(end);
  if ((frames * bytesPerFrame) % 2 === 1) await writeAll(file, new Uint8Array(1), end);
  await writeAll(file, wavHeader(sampleRate, frames * bytesPerFrame), 0);
  await file.sync();
}
