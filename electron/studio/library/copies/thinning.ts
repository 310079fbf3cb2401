import type { Copy } from './names.ts';

const hour = 60 * 60 * 1000;
const day = 24 * hour;
const week = 7 * day;
/** One copy stays for each of the last hours, then days, then weeks: an old mistake can be looked up for two months. */
const spans = [
  { each: hour, within: 12 * hour },
  { each: day, within: 8 * day },
  { each: week, within: 9 * week },
];
/** These newest stay whatever their age: of three, one may still turn out to be bad when it is needed. */
const alwaysKept = 3;
/** Copies whose date cannot be right stay, up to this many. */
const doubtfulKept = 5;
/** Without a clock to go by, only a full house makes room. */
const mostWithoutClock = 60;

/**
 * Which copies may go, of copies in their order, newest first. `now` in milliseconds, or undefined while the clock is not
 * trusted: then nothing goes for its age. To be called right after a sound copy was made, so that one always stays.
 */
export function toDrop(copies: readonly Copy[], now: number | undefined): Copy[] {
  if (now === undefined) return copies.slice(mostWithoutClock);
  const doubtful = new Set(doubtfulOf(copies, now));
  const taken = new Set<string>();
  let doubted = 0;
  return copies.filter((copy, place) => {
    if (doubtful.has(copy)) return ++doubted > doubtfulKept && place >= alwaysKept;
    const at = Date.parse(copy.at);
    const span = spans.find(({ within }) => now - at < within);
    const slot = span && `${span.each} ${Math.floor(at / span.each)}`;
    if (slot !== undefined && !taken.has(slot)) {
      taken.add(slot);
      return false;
    }
    return place >= alwaysKept;
  });
}

/** Copies dated after now, or before one that was made earlier: the clock was wrong at one of them, and age says nothing. */
function doubtfulOf(copies: readonly Copy[], now: number): Copy[] {
  let latest = Number.NEGATIVE_INFINITY;
  return copies.toReversed().filter(({ at }) => {
    const stamp = Date.parse(at);
    if (!(stamp >= latest && stamp <= now)) return true;
    latest = stamp;
    return false;
  });
}
