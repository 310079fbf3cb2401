import type { Shift, Stretch } from '../../../shared/domain/clock.ts';
import { awayMs, closeMs, stepMs } from './bounds.ts';

/**
 * By how much each stretch is off, oldest first, once it is known that the last one is off by `by` milliseconds.
 *
 * Going back: a doubted stretch whose system clock ran on into the next is off as that clock was. Where the clock did not
 * run on, nobody knows how long the booth was off in between, and a stretch that was adrift is put as late as it can have
 * been, so that nothing in it ends too early. A stretch that was believed stays, unless it would end after the next began;
 * one that was believed on a host's word is off as its clock turned out to be where it cannot stay, and where it would be
 * later than was said: the host had misread.
 */
function offsets(stretches: readonly Stretch[], by: number): number[] {
  const moved: number[] = [];
  let next: { began: number; wall: number } | undefined;
  for (const stretch of [...stretches].reverse()) {
    let mine = by;
    if (next !== undefined) {
      const gap = next.wall - stretch.toWall;
      const ranOn = gap >= -stepMs && gap <= awayMs;
      const latest = next.began - stretch.to;
      const asClock = Math.min(latest, stretch.toWall + (next.began - next.wall) - stretch.to);
      if (stretch.state === 'believed') mine = Math.min(0, latest);
      else if (stretch.state === 'answered')
        mine = ranOn && (asClock > 0 || latest < 0) ? asClock : Math.min(0, latest);
      else if (ranOn) mine = asClock;
      else mine = stretch.state === 'adrift' ? latest : Math.min(0, latest);
      if (Math.abs(mine) <= closeMs) mine = 0;
    }
    moved.push(mine);
    next = { began: stretch.from + mine, wall: stretch.fromWall };
  }
  return moved.reverse();
}

/** What moves, and the stretches as they stand afterwards; the last one is the one that runs. */
export function moveStretches(stretches: readonly Stretch[], by: number): { shifts: Shift[]; moved: Stretch[] } {
  const mine = offsets(stretches, by);
  const shifts: Shift[] = [];
  const moved = stretches.map((stretch, index): Stretch => {
    const own = mine[index] ?? 0;
    if (Math.abs(own) <= closeMs) return stretch;
    shifts.push({ from: stretch.from, to: stretch.to, by: own });
    return { ...stretch, from: stretch.from + own, to: stretch.to + own };
  });
  return { shifts, moved };
}
