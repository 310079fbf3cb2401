const segmentFrames = 65_536;

/** All samples of one take, growing without ever moving what is there. */
export function createSampleStore() {
  const segments: Float32Array<ArrayBuffer>[] = [];
  let length = 0;

  function* parts(from: number, to: number) {
    for (let at = from; at < to; ) {
      const start = at % segmentFrames;
      const end = Math.min(segmentFrames, start + to - at);
      const segment = segments[Math.floor(at / segmentFrames)];
      if (segment === undefined) return;
      yield segment.subarray(start, end);
      at += end - start;
    }
  }

  return {
    get length(): number {
      return length;
    },
    append(block: Float32Array): void {
      for (let done = 0; done < block.length; ) {
        const start = length % segmentFrames;
        if (start === 0) segments.push(new Float32Array(segmentFrames));
        const count = Math.min(block.length - done, segmentFrames - start);
        segments[segments.length - 1]?.set(block.subarray(done, done + count), start);
        done += count;
        length += count;
      }
    },
    /** A copy of the frames `from` up to `to`, both within the length. */
    slice(from: number, to: number): Float32Array<ArrayBuffer> {
      const copy = new Float32Array(to - from);
      let at = 0;
      for (const part of parts(from, to)) {
        copy.set(part, at);
        at += part.length;
      }
      return copy;
    },
  };
}
export type SampleStore = ReturnType<typeof createSampleStore>;
