import type { Actor } from '../../../shared/domain/actor.ts';
import type { SavedClock, Shift, Stretch } from '../../../shared/domain/clock.ts';

// What the clock needs of the library. Times are milliseconds since the epoch.

export interface ClockAct {
  actor: Actor;
  action: string;
  detail: Record<string, string | number | boolean | null>;
}

export interface ClockStore {
  load(): SavedClock | undefined;
  /** Stretches whose times nothing has confirmed yet, oldest first. */
  stretches(): Stretch[];
  /** Writes the time down; `current` is the stretch that is running. */
  mark(saved: SavedClock, current: Stretch): void;
  /** A new stretch begins, the last of these; what is not among them is settled. */
  begin(saved: SavedClock, stretches: readonly Stretch[]): void;
  /**
   * In one transaction: puts right the times of what was recorded, keeps the stretches as they stand now, and writes an
   * audit row. Answers how many portraits were moved.
   */
  settle(change: { shifts: Shift[]; saved: SavedClock; stretches: readonly Stretch[]; act: ClockAct | null }): number;
  /** An act that moves nothing. */
  note(saved: SavedClock, act: ClockAct): void;
}
