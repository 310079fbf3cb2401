/** What is known of a connection. `end` hangs up on it. */
export interface Line {
  address: string;
  end(): void;
}

export interface LineLimits {
  /**
   * Connections of guests, of one machine and of all together. A browser that opens a desk takes six; each costs some
   * fifty kilobytes, and one that is hung up on comes again, which costs more.
   */
  guestsOfOne: number;
  guests: number;
  /** Connections of one desk. */
  ofDesk: number;
}
export const usualLines: LineLimits = { guestsOfOne: 128, guests: 256, ofDesk: 24 };

/**
 * Who is connected. A connection is a guest's until a request of a live session comes over it; then it is that desk's.
 * Where there are too many, the oldest guest makes room: lines that say nothing push one another out, and never a desk.
 */
export function createLines(limits: LineLimits) {
  /** In the order in which they came. */
  const guests = new Set<Line>();
  const desks = new Map<Line, string>();

  function makeRoom(): void {
    const [oldest] = guests;
    if (guests.size > limits.guests && oldest !== undefined) hangUp(oldest);
  }
  function hangUp(line: Line): void {
    left(line);
    line.end();
  }
  function left(line: Line): void {
    guests.delete(line);
    desks.delete(line);
  }

  return {
    arrived(line: Line): void {
      guests.add(line);
      const ofOne = [...guests].filter(({ address }) => address === line.address);
      if (ofOne.length > limits.guestsOfOne && ofOne[0] !== undefined) hangUp(ofOne[0]);
      makeRoom();
    },
    /** A request of a live session came over it. */
    signedIn(line: Line, session: string): void {
      if (desks.get(line) === session || !(guests.has(line) || desks.has(line))) return;
      left(line);
      desks.set(line, session);
      const ofDesk = [...desks].filter(([, owner]) => owner === session);
      if (ofDesk.length > limits.ofDesk && ofDesk[0] !== undefined) hangUp(ofDesk[0][0]);
    },
    left,
    count: () => ({ guests: guests.size, desks: desks.size }),
  };
}
export type Lines = ReturnType<typeof createLines>;
