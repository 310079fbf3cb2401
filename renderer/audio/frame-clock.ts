const windowMs = 5000;

/**
 * Tells which frame the microphone was at when the clock stood at a given time. Blocks arrive late by a varying moment,
 * never early, so the earliest arrivals of the last 5 to 10 s tell the true line, and a drifting device is followed.
 * What remains is the shortest delay (10–30 ms): a frame is told too low by that much, so too much is kept, not too little.
 */
export function createFrameClock(sampleRate: number) {
  let current = Number.POSITIVE_INFINITY;
  let previous = Number.POSITIVE_INFINITY;
  let since = Number.NEGATIVE_INFINITY;

  return {
    /** `frames` frames had arrived in all when the clock stood at `nowMs`. */
    arrived(frames: number, nowMs: number): void {
      if (nowMs - since > windowMs) {
        previous = current;
        current = Number.POSITIVE_INFINITY;
        since = nowMs;
      }
      current = Math.min(current, nowMs - (frames * 1000) / sampleRate);
    },
    /** Number of the frame at `ms`; never negative. Undefined before the first arrival. */
    frameAt(ms: number): number | undefined {
      const origin = Math.min(current, previous);
      if (origin === Number.POSITIVE_INFINITY) return undefined;
      return Math.max(0, Math.round(((ms - origin) * sampleRate) / 1000));
    },
  };
}
export type FrameClock = ReturnType<typeof createFrameClock>;
