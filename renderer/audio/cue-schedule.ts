import { preRollSeconds } from './timing.ts';
import type { CueName } from './types.ts';

/** Speakers lag behind the page's clock; a cue has to be over in the room, not on paper. */
const marginSeconds = 0.1;
const ticksBefore = [3, 2];

export interface PlannedCue {
  name: CueName;
  /** Seconds relative to the countdown's end; negative. */
  at: number;
}

/**
 * The countdown's cues: a tick three and two seconds before its end, and the start cue so that it ends, with the
 * speakers' `latency`, just before the kept pre-roll begins. One that would not be over in time is left out, and so
 * is a tick that would run into the start cue. All in seconds.
 */
export function planCues(lengths: Partial<Record<CueName, number>>, latency: number): PlannedCue[] {
  const limit = -(preRollSeconds + marginSeconds + latency);
  const { start, countdown } = lengths;
  const startAt = start === undefined ? limit : limit - start;
  const plan: PlannedCue[] = [];
  if (countdown !== undefined) {
    for (const before of ticksBefore) if (countdown - before <= startAt) plan.push({ name: 'countdown', at: -before });
  }
  if (start !== undefined) plan.push({ name: 'start', at: startAt });
  return plan;
}
