import type { Cut } from '../../../shared/domain/sound.ts';

/** A stretch of the master a host has drawn over, in seconds. */
export type Selection = Cut;

/** Shorter than this it is a click, not a stretch. */
export const shortestSelection = 0.03;

/** A stretch from where the pointer went down to where it is, whichever way it was drawn, inside the master. */
export function selectionOf(anchor: number, other: number, duration: number): Selection | null {
  const start = Math.max(0, Math.min(anchor, other));
  const end = Math.min(duration, Math.max(anchor, other));
  return end - start < shortestSelection ? null : { start, end };
}

/** Which cut stands at a moment, or none. */
export function cutAt(cuts: readonly Cut[], at: number): number {
  return cuts.findIndex((cut) => cut.start <= at && at < cut.end);
}

/** How long the sound before and after a cut is played to judge its join, in seconds of each side. */
export const joinSide = 0.75;
