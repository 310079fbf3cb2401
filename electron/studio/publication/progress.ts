/** How far an export is, in bytes; what is not made yet is estimated. */
export interface Progress {
  /** A piece of work that is still ahead, with its estimated bytes. */
  expect(key: string, bytes: number): void;
  /** 0…1 of a piece. */
  share(key: string, share: number): void;
  /** A file of a piece is there; `fresh` when it was made now and not found made. */
  file(key: string, bytes: number, fresh: boolean): void;
  /** A piece is over: what was estimated too much is forgotten. */
  over(key: string): void;
  /** The title of what is prepared now. */
  now: string | null;
  figures(at: number): { bytesDone: number; bytesTotal: number; secondsLeft: number | null };
}

/** Less than this says nothing about the speed, in milliseconds. */
const soonest = 1500;
/** Rendering takes nearly all of the time of a piece. */
const rendering = 0.85;

export function createProgress(startedAt: number): Progress {
  const pieces = new Map<string, { expected: number; files: number; share: number; over: boolean }>();
  let found = 0;
  const piece = (key: string) => {
    const known = pieces.get(key) ?? { expected: 0, files: 0, share: 0, over: false };
    pieces.set(key, known);
    return known;
  };
  return {
    now: null,
    expect(key, bytes) {
      piece(key).expected = Math.round(bytes);
    },
    share(key, share) {
      piece(key).share = share;
    },
    file(key, bytes, fresh) {
      piece(key).files += bytes;
      if (!fresh) found += bytes;
    },
    over(key) {
      piece(key).over = true;
    },
    figures(at) {
      let bytesDone = 0;
      let bytesTotal = 0;
      for (const { expected, files, share, over } of pieces.values()) {
        const whole = over ? files : Math.max(expected, files);
        bytesTotal += whole;
        bytesDone += over ? files : Math.max(files, whole * share * rendering);
      }
      const made = bytesDone - found;
      const elapsed = at - startedAt;
      const known = elapsed >= soonest && made > 0 && bytesDone < bytesTotal;
      const secondsLeft = known ? ((bytesTotal - bytesDone) / made) * (elapsed / 1000) : null;
      return { bytesDone: Math.round(bytesDone), bytesTotal, secondsLeft };
    },
  };
}

/** Bytes a portrait will fill, before its sound is made. */
export function estimate(duration: number, flac: boolean): number {
  // MP3 at 128 kb/s; a FLAC of mono speech at 16 bits comes to about half of what it holds; covers and words beside.
  return duration * (16_000 + (flac ? 50_000 : 0)) + 250_000;
}
