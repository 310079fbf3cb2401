/**
 * Why the booth does not believe its clock. `floor`: before the program existed. `behind`: before its own last entry.
 * `ahead`: further on than a booth is off between two towns. `jumped`: it was moved while the booth ran. `sites`: two
 * sites agree on another time.
 */
export const doubtReasons = ['floor', 'behind', 'ahead', 'jumped', 'sites'] as const;
export type DoubtReason = (typeof doubtReasons)[number];

// What the booth knows of the time, as the library keeps it; milliseconds since the epoch.

/** Why the clock is in doubt: what it believed, and what the other reading said. */
export interface Doubt {
  reason: DoubtReason;
  since: number;
  believed: number;
  other: number;
}

/** What is known of the time, as it was last written down. */
export interface SavedClock {
  /** The booth's time. */
  at: number;
  /** What the system clock said at the same moment. */
  wall: number;
  /** To be added to the system clock, where a host said that it is wrong. */
  offset: number;
  /** It is at least this late, by more than the system clock's word. */
  sure: number;
  /** Up to here the past is settled: sites or hosts bore it out, and no later answer moves it. */
  backed: number;
  /** Whether the clock was ever trusted. */
  known: boolean;
  doubt: Doubt | null;
}

export const stretchStates = ['believed', 'answered', 'adrift', 'jumped'] as const;
export type StretchState = (typeof stretchStates)[number];

/** A run, or a part of one, whose times stand and fall together. */
export interface Stretch {
  from: number;
  to: number;
  fromWall: number;
  toWall: number;
  /**
   * `answered`: it is believed on a host's word, or on that of a run that was. `adrift`: it began in doubt, and how long the booth had been off is not known. `jumped`: it is in doubt since the system
   * clock was moved.
   */
  state: StretchState;
}

/** Times from `from` to `to` are moved by `by` milliseconds. */
export interface Shift {
  from: number;
  to: number;
  by: number;
}

/** What the desk is told of the clock; times are ISO 8601 in UTC. */
export interface ClockState {
  trusted: boolean;
  reason: DoubtReason | null;
  /** The booth's time. */
  now: string;
  /** The time that is asked about: a tap confirms it. Null where only a person can know. */
  asked: string | null;
  /** What the system clock says. */
  system: string;
  /** By how much the system clock is off, in milliseconds; 0 where it is followed. */
  offsetMs: number;
}

/** The booth's time on every answer of the door: a page goes by it, whatever its own machine says. */
export const timeHeader = 'x-booth-time';
