import { bytesPerFrame } from '../../../shared/domain/pcm.ts';

/** Bytes before the first frame of a master. */
export const headerBytes = 44;
/** A size that is not known yet: players read on to the end of the file, so a take that is cut off is whole. */
const unknownSize = 0xffff_ffff;

/** Header of a mono 24-bit WAV; `frames` is left out while the take is open. */
export function wavHeader(sampleRate: number, frames?: number): Uint8Array {
  const header = Buffer.alloc(headerBytes);
  const bytes = frames === undefined ? undefined : frames * bytesPerFrame;
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(bytes === undefined ? unknownSize : headerBytes - 8 + bytes + (bytes % 2), 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * bytesPerFrame, 28);
  header.writeUInt16LE(bytesPerFrame, 32);
  header.writeUInt16LE(8 * bytesPerFrame, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(bytes ?? unknownSize, 40);
  return header;
}
