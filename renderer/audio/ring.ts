/** Keeps the last `capacity` frames of a sound that never ends; frames are named by their number since the beginning. */
export function createRing(capacity: number) {
  const buffer = new Float32Array(capacity);
  let written = 0;

  return {
    /** Frames pushed since the beginning. */
    get written(): number {
      return written;
    },
    /** Number of the oldest frame still kept. */
    get oldest(): number {
      return Math.max(0, written - capacity);
    },
    push(block: Float32Array): void {
      const kept = block.length > capacity ? block.subarray(block.length - capacity) : block;
      const at = (written + block.length - kept.length) % capacity;
      const head = Math.min(kept.length, capacity - at);
      buffer.set(kept.subarray(0, head), at);
      buffer.set(kept.subarray(head), 0);
      written += block.length;
    },
    /** A copy of the frames from number `from` up to the newest, as far back as they are kept. */
    since(from: number): Float32Array<ArrayBuffer> {
      const first = Math.min(Math.max(from, this.oldest), written);
      const copy = new Float32Array(written - first);
      const at = first % capacity;
      const head = Math.min(copy.length, capacity - at);
      copy.set(buffer.subarray(at, at + head), 0);
      copy.set(buffer.subarray(0, copy.length - head), head);
      return copy;
    },
  };
}
export type Ring = ReturnType<typeof createRing>;
