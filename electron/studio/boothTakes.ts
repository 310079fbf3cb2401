import type { CaptureStore } from './capture/ports.ts';
import type { Library } from './library/library.ts';

export interface BoothTakesParts {
  library: Pick<Library, 'takes' | 'erasures' | 'scrub' | 'wasErased'>;
  /** Encrypts how somebody can be reached. */
  seal: (contact: string) => string;
  /** Ends what is being written down of a portrait. */
  stopWriting: (portraitId: string) => void;
  log: (what: string, error: unknown) => void;
}

/** The library's takes; what is discarded through it is gone from the library's copies too, and contacts are sealed. */
export function boothTakes({ library, seal, stopWriting, log }: BoothTakesParts): CaptureStore {
  const { takes, erasures, scrub } = library;
  return {
    ...takes,
    erased: library.wasErased,
    keep: (portraitId, takeId, choices) =>
      takes.keep(portraitId, takeId, { ...choices, contact: seal(choices.contact) }),
    discard(portraitId) {
      const begunAt = takes.begunAt(portraitId);
      const gone = takes.discard(portraitId);
      if (gone === 'closed') return gone;
      stopWriting(portraitId);
      // At once, for somebody who waits to hear that it is gone; a crash here leaves it to the next start.
      if (begunAt !== undefined) {
        try {
          scrub({ portraitId, begunAt, erased: true });
          erasures.copiesDone(portraitId);
        } catch (error) {
          log('a copy still holds somebody who was erased; it is tried again', error);
        }
      }
      return gone;
    },
  };
}
