import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { bytesPerFrame, unpackS24 } from '../../../shared/domain/pcm.ts';

/** A file that cannot be read as a master. */
export class BadMaster extends Error {
  override readonly name = 'BadMaster';
}

export interface WavHeader {
  sampleRate: number;
  channels: number;
  bits: number;
  /** Byte at which the samples start. */
  dataOffset: number;
  /** Bytes of samples, or `null` where the header leaves it open (0 or 0xFFFFFFFF: still being written, or a stream). */
  dataBytes: number | null;
}

/** Parses the head of a RIFF WAVE file up to its samples; `null` when `head` ends before them. */
export function parseWavHeader(head: Uint8Array): WavHeader | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const tag = (at: number) => String.fromCharCode(...head.subarray(at, at + 4));
  if (head.length < 12) return null;
  if (tag(0) !== 'RIFF' || tag(8) !== 'WAVE') throw new BadMaster('not a WAVE file');
  let format: { sampleRate: number; channels: number; bits: number } | undefined;
  for (let at = 12; at + 8 <= head.length; ) {
    const size = view.getUint32(at + 4, true);
    if (tag(at) === 'data') {
      if (!format) throw new BadMaster('samples before their format');
      const open = size === 0 || size >= 0xffffff00;
      return { ...format, dataOffset: at + 8, dataBytes: open ? null : size };
    }
    if (tag(at) === 'fmt ') {
      if (at + 24 > head.length) return null;
      const code = view.getUint16(at + 8, true);
      // 1 is PCM; 0xFFFE says so in a longer header, which 24 bits may come with.
      if (code !== 1 && code !== 0xfffe) throw new BadMaster(`encoding ${code} is not PCM`);
      format = {
        channels: view.getUint16(at + 10, true),
        sampleRate: view.getUint32(at + 12, true),
        bits: view.getUint16(at + 22, true),
      };
    }
    at += 8 + size + (size % 2);
  }
  return null;
}

/** A master open for reading: 24-bit mono PCM in a WAVE file. Sizes that a crash left open are taken from the file. */
export interface MasterReader {
  sampleRate: number;
  frames: number;
  /** Frames `first`…`end` − 1; both are clamped to the master. */
  read(first: number, end: number): Promise<Float32Array>;
  /** The PCM bytes in order, in blocks of whole frames of about a quarter of a second. */
  blocks(): AsyncGenerator<Uint8Array>;
  close(): Promise<void>;
}

/** Opens a master. Throws `BadMaster` when it is missing, not a WAVE file, or not 24-bit mono. */
export async function openMaster(path: string): Promise<MasterReader> {
  const file = await open(path, 'r').catch((error: Error) => {
    throw new BadMaster(`cannot be opened: ${error.message}`);
  });
  try {
    return await reader(file);
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function reader(file: FileHandle): Promise<MasterReader> {
  const about = await file.stat();
  if (!about.isFile()) throw new BadMaster('not a file');
  const { size } = about;
  const head = new Uint8Array(Math.min(size, 64 * 1024));
  await file.read(head, 0, head.length, 0);
  const header = parseWavHeader(head);
  if (!header) throw new BadMaster('no samples in it');
  if (header.channels !== 1 || header.bits !== 24) {
    throw new BadMaster(`${header.channels} channels of ${header.bits} bits instead of mono 24-bit`);
  }
  if (header.sampleRate < 8000 || header.sampleRate > 384_000) throw new BadMaster(`rate ${header.sampleRate} Hz`);
  const there = Math.max(0, size - header.dataOffset);
  const frames = Math.floor(Math.min(header.dataBytes ?? there, there) / bytesPerFrame);

  const readBytes = async (first: number, count: number) => {
    const bytes = new Uint8Array(count * bytesPerFrame);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, header.dataOffset + first * bytesPerFrame);
    if (bytesRead !== bytes.length) throw new BadMaster('shorter than it was a moment ago');
    return bytes;
  };
  return {
    sampleRate: header.sampleRate,
    frames,
    async read(first, end) {
      const start = Math.max(0, Math.min(frames, first));
      const count = Math.max(0, Math.min(frames, end) - start);
      const samples = new Float32Array(count);
      // In pieces, so that nothing else waits while a long master is unpacked.
      for (let at = 0; at < count; at += header.sampleRate) {
        const piece = Math.min(header.sampleRate, count - at);
        unpackS24(await readBytes(start + at, piece), samples.subarray(at, at + piece));
      }
      return samples;
    },
    async *blocks() {
      const step = Math.ceil(header.sampleRate / 4);
      for (let at = 0; at < frames; at += step) yield await readBytes(at, Math.min(step, frames - at));
    },
    close: () => file.close(),
  };
}

/** SHA-256 (hex) of a master's PCM data, without its header. */
export async function masterSha256(master: MasterReader): Promise<string> {
  const hash = createHash('sha256');
  for await (const block of master.blocks()) hash.update(block);
  return hash.digest('hex');
}
