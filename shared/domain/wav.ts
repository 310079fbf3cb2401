import { bytesPerFrame } from './pcm.ts';

/** Bytes before the first frame of a master. */
export const headerBytes = 44;

/**
 * Header of a master: WAVE, mono, 24 bits. `dataBytes` `null` leaves the sizes open (0xFFFFFFFF): players then read to the
 * end of the file, so a take that is cut off is whole. An odd number of bytes is followed by a pad byte, as RIFF asks.
 */
export function wavHeader(sampleRate: number, dataBytes: number | null): Uint8Array<ArrayBuffer> {
  const head = new Uint8Array(headerBytes);
  const view = new DataView(head.buffer);
  const tag = (at: number, text: string) => {
    for (let index = 0; index < 4; index++) head[at + index] = text.charCodeAt(index);
  };
  tag(0, 'RIFF');
  view.setUint32(4, dataBytes === null ? 0xffffffff : headerBytes - 8 + dataBytes + (dataBytes % 2), true);
  tag(8, 'WAVE');
  tag(12, 'fmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * bytesPerFrame, true);
  view.setUint16(32, bytesPerFrame, true);
  view.setUint16(34, 24, true);
  tag(36, 'data');
  view.setUint32(40, dataBytes === null ? 0xffffffff : dataBytes, true);
  return head;
}
