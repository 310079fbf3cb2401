const windowMs = 5000;

/**
 * Tells which frame the microphone was at when the clock stood at a given time. Blocks arrive late by a varying moment,
 * never early, so the earliest arrivals of the last 5 to 10 s tell the true line, and a drifting device is followed.
 * What remains is the shortest delay (10–30 ms): a frame is told too low by that much, so too much is kept, not too little.
 *
 * A pause of the device breaks the line: if sound was lost in it, all that follows is later for good; if it only comes
 * late, it is not. Until that is known there are two answers, and each use takes the one that keeps more sound: a
 * beginning the lower frame (`frameAt`), an end the higher (`lastFrameAt`).
 */
export function createFrameClock(sampleRate: number) {
  let current = Number.POSITIVE_INFINITY;
  let previous = Number.POSITIVE_INFINITY;
  let since = Number.NEGATIVE_INFINITY;
  /** The same since the last pause, for as long as the line from before it counts. */
  let afterPause = Number.NEGATIVE_INFINITY;
  let pausedAt = Number.NEGATIVE_INFINITY;

  function frameFrom(origin: number, ms: number): number | undefined {
    if (origin === Number.POSITIVE_INFINITY) return undefined;
    return Math.max(0, Math.round(((ms - origin) * sampleRate) / 1000));
  }

  return {
    /** `frames` frames had arrived in all when the clock stood at `nowMs`; `paused`: the last of them after a pause. */
    arrived(frames: number, nowMs: number, paused = false): void {
      const line = nowMs - (frames * 1000) / sampleRate;
      if (paused) {
        pausedAt = nowMs;
        afterPause = line;
      } else if (nowMs - pausedAt > 2 * windowMs) afterPause = Number.NEGATIVE_INFINITY;
      else afterPause = Math.min(afterPause, line);
      if (nowMs - since > windowMs) {
        previous = current;
        current = Number.POSITIVE_INFINITY;
        since = nowMs;
      }
      current = Math.min(current, line);
    },
    /** Number of the frame at `ms`; never negative. Undefined before the first arrival. */
    frameAt(ms: number): number | undefined {
      return frameFrom(Math.max(Math.min(current, previous), afterPause), ms);
    },
    /** The highest that may be the frame at `ms`: there may be late sound before it. */
    lastFrameAt(ms: number): number | undefined {
      return frameFrom(Math.min(current, previous), ms);
    },
  };
}
export type FrameClock = ReturnType<typeof createFrameClock>;
