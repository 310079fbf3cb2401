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
  /** A new stretch begins; `fresh` forgets the ones before. */
  begin(saved: SavedClock, current: Stretch, fresh: boolean): void;
  /**
   * In one transaction: puts right the times of what was recorded, begins a new stretch, and writes an audit row.
   * Answers how many portraits were moved.
   */
  settle(change: { shifts: Shift[]; saved: SavedClock; current: Stretch; act: ClockAct | null }): number;
  /** An act that moves nothing. */
  note(saved: SavedClock, act: ClockAct): void;
}
