import { patience } from './patience.ts';

/** Sound that the device never gave: so many milliseconds are missing right before this frame. */
export interface Gap {
  frame: number;
  ms: number;
}

interface Inquiry {
  frame: number;
  /** How late sound came before the pause, in ms. */
  before: number;
  /** The least it was late since; what is late is still coming in while this falls. */
  least: number;
  since: number;
}

/** How late sound comes is the least of the last one to two seconds: single blocks are held up by anything. */
const usualMs = 1000;

/**
 * Finds out, after each pause of the device, how much of it was lost and how much only came late. Sound that is merely
 * late is all there in the end, and later blocks are as punctual as before; sound that is lost leaves every later block
 * behind by its length. The page's own clock says so, not `AudioData.timestamp`: Chromium's wanders by up to 0.3 s in
 * the first second, as its idea of the device's delay settles.
 *
 * A gap is noted and never filled: the master holds what the device gave and nothing else.
 */
export function createGapFinder(sampleRate: number) {
  const gaps: Gap[] = [];
  let frames = 0;
  let last: number | undefined;
  let usual = Number.POSITIVE_INFINITY;
  let usualBefore = Number.POSITIVE_INFINITY;
  let usualSince = Number.NEGATIVE_INFINITY;
  let inquiry: Inquiry | undefined;
  /** The newest gap may still come in: what it is measured from, and until when that is looked for. */
  let young: { gap: Gap; before: number; until: number } | undefined;

  function learn(lateness: number, now: number): void {
    if (now - usualSince > usualMs) {
      usualBefore = usual;
      usual = Number.POSITIVE_INFINITY;
      usualSince = now;
    }
    usual = Math.min(usual, lateness);
    if (young === undefined) return;
    young.gap.ms = Math.max(0, Math.min(young.gap.ms, Math.round(lateness - young.before)));
    if (now > young.until) young = undefined;
  }

  function settle(now: number): void {
    if (inquiry === undefined) return;
    const { frame, before, least } = inquiry;
    inquiry = undefined;
    if (least - before >= patience.leastGap) {
      const gap = { frame, ms: Math.round(least - before) };
      gaps.push(gap);
      young = { gap, before, until: now + patience.veryLate };
    }
    usual = least;
    usualBefore = Number.POSITIVE_INFINITY;
    usualSince = now;
  }

  return {
    /** These many frames have just come in. Answers whether they come after a pause. */
    arrived(count: number, now: number): boolean {
      const lateness = now - ((frames + count) * 1000) / sampleRate;
      const paused = last !== undefined && now - last > patience.pause;
      last = now;
      if (paused) {
        // One pause after another is one inquiry: what is late may come in several lots.
        const before = Math.min(usual, usualBefore);
        inquiry ??= { frame: frames, before, least: lateness, since: now };
        inquiry.since = now;
        inquiry.least = lateness;
      } else if (inquiry !== undefined) {
        inquiry.least = Math.min(inquiry.least, lateness);
        if (now - inquiry.since > patience.late) settle(now);
      } else {
        learn(lateness, now);
      }
      frames += count;
      return paused;
    },
    /** How many gaps were ever settled. */
    get count(): number {
      return gaps.length;
    },
    /** What has come since the last pause is another device's: none of it is this one's sound. */
    foreign(now: number): void {
      const { frame, before } = inquiry ?? { frame: young?.gap.frame ?? frames, before: now };
      const known = inquiry === undefined ? (young?.gap.ms ?? 0) : Math.max(0, Math.round(inquiry.least - before));
      if (inquiry === undefined && young !== undefined) young.gap.ms = 0;
      const since = Math.round(((frames - frame) * 1000) / sampleRate);
      gaps.push({ frame, ms: known + since });
      inquiry = undefined;
      young = undefined;
      usual = Number.POSITIVE_INFINITY;
      usualBefore = Number.POSITIVE_INFINITY;
    },
    /** Every gap so far, by what is known now; frames are counted since the beginning. */
    found(): readonly Gap[] {
      const open = inquiry && { frame: inquiry.frame, ms: Math.round(inquiry.least - inquiry.before) };
      return [...gaps, ...(open ? [open] : [])].filter(({ ms }) => ms >= patience.leastGap).map((gap) => ({ ...gap }));
    },
  };
}
export type GapFinder = ReturnType<typeof createGapFinder>;
