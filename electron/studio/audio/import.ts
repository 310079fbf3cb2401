import { createHash, randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { importBytes } from '../../../shared/domain/importing.ts';
import { bytesPerFrame } from '../../../shared/domain/pcm.ts';
import { wavHeader } from '../../../shared/domain/wav.ts';
import { ProgramFailed } from '../../programs/failure.ts';
import { decodeWav24, type FfmpegRun } from './ffmpeg.ts';
import { BadMaster, parseWavHeader } from './wav.ts';

export interface Imported {
  sampleRate: number;
  frames: number;
  /** SHA-256 (hex) of the PCM data. */
  sha256: string;
}

/** Bytes in which a WAVE stream has come to its samples. */
const longestHeader = 64 * 1024;

const nonsense = ({ binary }: FfmpegRun) => new ProgramFailed('saidNonsense', binary, { why: 'no WAVE came out' });

/** The header as far as it has come, or null; what is no WAVE is ffmpeg's nonsense, whatever the file was. */
function headerOf(run: FfmpegRun, head: Buffer) {
  try {
    return parseWavHeader(head);
  } catch (error) {
    throw error instanceof BadMaster ? nonsense(run) : error;
  }
}

/** A sound longer than is wanted. */
export class TooLong extends Error {
  override readonly name = 'TooLong';
}

/**
 * Decodes any sound file to a master: mono 24-bit WAVE at its own rate. Several channels are mixed to one. The file
 * appears under its name only when it is whole and synced. Rejects with `ProgramFailed` where ffmpeg fails, as it does
 * for what is not a sound, and with `TooLong` as soon as there is more of it than `mostSeconds`.
 */
export async function importMaster(
  run: FfmpegRun,
  input: string,
  output: string,
  mostSeconds = Infinity,
): Promise<Imported> {
  const draft = `${output}.${randomUUID()}.part`;
  const file = await open(draft, 'wx');
  try {
    const hash = createHash('sha256');
    let sampleRate = 0;
    let dataBytes = 0;
    let head = Buffer.alloc(0);
    for await (const block of decodeWav24(run, input)) {
      let data = block;
      if (sampleRate === 0) {
        head = Buffer.concat([head, block]);
        const header = headerOf(run, head);
        if (!header) {
          if (head.length > longestHeader) throw nonsense(run);
          continue;
        }
        sampleRate = header.sampleRate;
        data = head.subarray(header.dataOffset);
        await file.write(wavHeader(sampleRate, null));
      }
      hash.update(data);
      dataBytes += data.length;
      if (dataBytes > Math.min(importBytes, mostSeconds * sampleRate * bytesPerFrame))
        throw new TooLong(`longer than ${mostSeconds} s`);
      await file.write(data);
    }
    if (sampleRate === 0) throw nonsense(run);
    await file.write(wavHeader(sampleRate, dataBytes), 0, 44, 0);
    await file.sync();
    await file.close();
    await rename(draft, output);
    return { sampleRate, frames: dataBytes / bytesPerFrame, sha256: hash.digest('hex') };
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(draft, { force: true });
    throw error;
  }
}
