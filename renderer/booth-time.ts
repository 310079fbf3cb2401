/**
 * The booth's time in a page, as the door tells it with every answer; in between it runs on by the page's own count. The
 * machine's clock serves until the first answer: it may be wrong, here or on another machine's desk.
 */
export function createBoothTime(machine: () => number = Date.now, steady: () => number = () => performance.now()) {
  /** Booth's time less the count. */
  let apart: number | undefined;
  return {
    /** The header of an answer; one that is missing or no time changes nothing. */
    heard(header: string | null): void {
      const time = Date.parse(header ?? '');
      if (!Number.isNaN(time)) apart = time - steady();
    },
    now: (): Date => new Date(Math.round(apart === undefined ? machine() : apart + steady())),
  };
}
export type BoothTime = ReturnType<typeof createBoothTime>;
