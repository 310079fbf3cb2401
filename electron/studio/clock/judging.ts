import type { Doubt, SavedClock } from '../../../shared/domain/clock.ts';
import { awayMs, firstReachMs, floorAt, stepMs } from './bounds.ts';

/** What a start makes of the system clock. */
export interface Verdict {
  /** The booth's time. */
  at: number;
  offset: number;
  doubt: Doubt | null;
  /** How long the booth was off is not known. */
  adrift: boolean;
}

/** Whether a booth that was last seen at `seen` (undefined: never) may be at `time` without a question. */
export function plausible(time: number, seen: number | undefined, floor = floorAt): boolean {
  if (time < floor) return false;
  if (seen === undefined) return time <= floor + firstReachMs;
  return time >= seen - stepMs && time <= seen + awayMs;
}

/** Judges the system clock at a start against what was written down last; nothing is known of a new library. */
export function judgeStart(saved: SavedClock | undefined, wall: number, floor = floorAt): Verdict {
  const seen = saved?.known ? saved.at : undefined;
  const offset = saved?.offset ?? 0;
  // What a host said of the system clock holds until the clock is seen to have been set right.
  for (const candidate of offset === 0 ? [0] : [offset, 0]) {
    if (!plausible(wall + candidate, seen, floor)) continue;
    const open = saved?.doubt ?? null;
    // A question that only a person or a site can answer comes back; one that the clock itself raised is over.
    const stays = open !== null && (open.reason === 'jumped' || open.reason === 'sites');
    const doubt = stays ? { ...open, other: open.reason === 'sites' ? open.other : wall } : null;
    return { at: wall + candidate, offset: candidate, doubt, adrift: false };
  }
  // Time has passed since, but nobody knows how much: what follows comes after what was, and is put right later.
  const at = Math.max(floor, (saved?.at ?? floor) + 1);
  const reason = wall < floor ? 'floor' : wall < at ? 'behind' : 'ahead';
  return { at, offset: 0, doubt: { reason, since: at, believed: at, other: wall }, adrift: true };
}
