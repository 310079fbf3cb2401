import type { MasterSource } from '../../../shared/domain/edit/apply.ts';
import type { NoiseProfile } from '../../../shared/domain/edit/noise.ts';
import { bytesPerFrame, unpackS24 } from '../../../shared/domain/pcm.ts';
import { noiseOfTake, takePeaksHead } from '../../../shared/domain/take-peaks.ts';

/** A part of the master that is fetched at once, in seconds, and how many are kept. */
const partSeconds = 4;
const partsKept = 6;

export interface RemoteMaster {
  url: string;
  dataOffset: number;
  sampleRate: number;
  frames: number;
}

async function fetchRange(
  fetch: typeof globalThis.fetch,
  url: string,
  start: number,
  end: number,
): Promise<Uint8Array> {
  const response = await fetch(url, { headers: { range: `bytes=${start}-${end - 1}` } });
  if (response.status !== 206) throw new Error(`range answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** A master on the door, read in ranges; the parts read last are kept, so that memory does not grow with its length. */
export function remoteMaster(master: RemoteMaster, fetch: typeof globalThis.fetch): MasterSource {
  const { url, dataOffset, sampleRate, frames } = master;
  const partFrames = partSeconds * sampleRate;
  const kept = new Map<number, Promise<Float32Array>>();

  async function load(index: number): Promise<Float32Array> {
    const first = index * partFrames;
    const end = Math.min(frames, first + partFrames);
    const bytes = await fetchRange(fetch, url, dataOffset + first * bytesPerFrame, dataOffset + end * bytesPerFrame);
    return unpackS24(bytes);
  }
  function part(index: number): Promise<Float32Array> {
    const there = kept.get(index);
    const made = there ?? load(index);
    kept.delete(index);
    kept.set(index, made);
    if (!there) made.catch(() => kept.delete(index));
    for (const old of kept.keys()) if (kept.size > partsKept) kept.delete(old);
    return made;
  }
  return {
    sampleRate,
    frames,
    async read(first, end) {
      const out = new Float32Array(Math.max(0, end - first));
      for (let index = Math.floor(first / partFrames); index * partFrames < end; index++) {
        const samples = await part(index);
        const start = index * partFrames;
        const from = Math.max(first, start);
        const to = Math.min(end, start + samples.length);
        if (from < to) out.set(samples.subarray(from - start, to - start), from - first);
      }
      return out;
    },
  };
}

/** The noise of the room, from the head of the take's peaks. */
export async function remoteNoise(peaksUrl: string, fetch: typeof globalThis.fetch): Promise<NoiseProfile> {
  const noise = noiseOfTake(await fetchRange(fetch, peaksUrl, 0, takePeaksHead));
  if (noise === null) throw new Error('no noise profile in the peaks');
  return noise;
}
