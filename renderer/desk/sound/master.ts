import { bytesPerFrame, unpackS24 } from '../../../shared/domain/pcm.ts';

/** Where a master lies and what it is. */
export interface MasterPlace {
  /** Address on the door; it answers ranges. */
  url: string;
  /** Byte of the first frame. */
  dataOffset: number;
  sampleRate: number;
  frames: number;
}

/** Frames asked for at a time, and how many such blocks are kept: 16 MB, a minute and a half at 48 kHz. */
export const blockFrames = 65_536;
const keptBlocks = 64;

/** The door does not give the sound. */
export class MasterUnread extends Error {
  override readonly name = 'MasterUnread';
}

/** Reads a master by ranges and keeps what was read last, so that half an hour needs no more memory than a minute. */
export function createMasterReader(place: MasterPlace, send: typeof fetch = fetch) {
  let { url } = place;
  /** In order of use, the oldest first. */
  const blocks = new Map<number, Promise<Float32Array>>();

  async function read(index: number): Promise<Float32Array> {
    const first = index * blockFrames;
    const count = Math.min(blockFrames, place.frames - first);
    const from = place.dataOffset + first * bytesPerFrame;
    const size = count * bytesPerFrame;
    const answer = await send(url, { headers: { range: `bytes=${from}-${from + size - 1}` } });
    if (answer.status !== 206) throw new MasterUnread(`the door answers ${answer.status}`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (bytes.length !== size) throw new MasterUnread(`${bytes.length} bytes instead of ${size}`);
    return unpackS24(bytes);
  }

  function block(index: number): Promise<Float32Array> {
    const known = blocks.get(index);
    blocks.delete(index);
    const wanted = known ?? read(index);
    blocks.set(index, wanted);
    // What could not be read is asked for again next time.
    if (known === undefined) wanted.catch(() => blocks.get(index) === wanted && blocks.delete(index));
    for (const oldest of blocks.keys()) {
      if (blocks.size <= keptBlocks) break;
      blocks.delete(oldest);
    }
    return wanted;
  }

  return {
    ...place,
    /** The same master under a newer address. */
    moveTo(next: string): void {
      url = next;
    },
    /** Frames `first`…`end` − 1; what lies outside the master is silence. */
    async samples(first: number, end: number): Promise<Float32Array<ArrayBuffer>> {
      const out = new Float32Array(Math.max(0, end - first));
      const from = Math.max(0, first);
      const to = Math.min(place.frames, end);
      if (to <= from) return out;
      const indexes: number[] = [];
      for (let index = Math.floor(from / blockFrames); index * blockFrames < to; index++) indexes.push(index);
      const parts = await Promise.all(indexes.map(block));
      for (const [order, index] of indexes.entries()) {
        const start = index * blockFrames;
        const part = parts[order] as Float32Array;
        const cut = part.subarray(Math.max(0, from - start), Math.min(part.length, to - start));
        out.set(cut, Math.max(start, from) - first);
      }
      return out;
    },
    /** Blocks held now. */
    held: () => blocks.size,
  };
}
export type MasterReader = ReturnType<typeof createMasterReader>;
