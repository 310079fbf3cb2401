/**
 * A step of the system clock that is followed without a word, in milliseconds: what a time server corrects after a day
 * without a network, and the one or two hours by which computers that also run another system start off. Daylight saving
 * is no step at all: everything here is UTC.
 */
export const stepMs = 3 * 60 * 60 * 1000;

/**
 * How long a booth may have been off and start without a question: the month between two towns. After that the hosts
 * are asked. Sites may vouch for as long and no longer, so that nothing is erased after a longer absence unasked.
 */
export const awayMs = 31 * 24 * 60 * 60 * 1000;

/** What counts as the same time, in milliseconds: a host reads a watch, and an answer of a site has been on its way. */
export const closeMs = 10 * 60 * 1000;

/** Before this the program did not exist, so no booth can have recorded. Raise it with a release; never lower it. */
export const floorAt = Date.parse('2026-01-01T00:00:00Z');

/** A new library, which remembers nothing, starts without a question up to this long after the floor, in milliseconds. */
export const firstReachMs = 10 * 365.25 * 24 * 60 * 60 * 1000;

/** What a host may answer at most, in milliseconds after the floor: a slip of the finger in the year is further off. */
export const answerReachMs = 50 * 365.25 * 24 * 60 * 60 * 1000;

/** How often the system clock is compared and the time written down, in milliseconds. */
export const lookMs = 5000;
export const markMs = 30_000;

/** How many stretches are remembered that nothing has borne out: a season of days without a network. */
export const mostStretches = 200;

/**
 * How far the sure time stays behind, in milliseconds: a recording may have been dated by a clock that was a step off,
 * and so may the moment it is judged at. Nothing is erased a calendar day early for it.
 */
export const marginMs = 2 * stepMs + closeMs;
