import type { Shift, Stretch } from '../../../shared/domain/clock.ts';
import { awayMs, closeMs, stepMs } from './bounds.ts';

/**
 * How the times of unconfirmed stretches move once it is known that the last one is off by `by` milliseconds. Going
 * back, a stretch whose system clock ran on into the next is off as that clock was. Where it did not, nobody knows how
 * long the booth was off in between: the stretch is put as late as it can have been, so that nothing ends too early.
 */
export function shiftsOf(stretches: readonly Stretch[], by: number): Shift[] {
  const shifts: Shift[] = [];
  let moved = by;
  let next: Stretch | undefined;
  for (const stretch of [...stretches].reverse()) {
    if (next !== undefined) {
      const began = next.from + moved;
      const gap = next.fromWall - stretch.toWall;
      const ranOn = gap >= -stepMs && gap <= awayMs;
      if (ranOn) moved = stretch.toWall + (began - next.fromWall) - stretch.to;
      else moved = stretch.adrift ? began - stretch.to : 0;
    }
    if (Math.abs(moved) > closeMs) shifts.push({ from: stretch.from, to: stretch.to, by: moved });
    next = stretch;
  }
  return shifts.reverse();
}
