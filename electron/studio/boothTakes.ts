import type { CaptureStore } from './capture/ports.ts';
import type { Library } from './library/library.ts';

export interface BoothTakesParts {
  library: Pick<Library, 'takes' | 'scrub'>;
  /** Encrypts how somebody can be reached. */
  seal: (contact: string) => string;
  /** Ends what is being written down of a portrait. */
  stopWriting: (portraitId: string) => void;
}

/** The library's takes; what is discarded through it is gone from the library's copies too, and contacts are sealed. */
export function boothTakes({ library: { takes, scrub }, seal, stopWriting }: BoothTakesParts): CaptureStore {
  return {
    ...takes,
    keep: (portraitId, takeId, choices) =>
      takes.keep(portraitId, takeId, { ...choices, contact: seal(choices.contact) }),
    discard(portraitId) {
      const begun = takes.begunAt(portraitId);
      const gone = takes.discard(portraitId);
      if (gone === 'closed') return gone;
      stopWriting(portraitId);
      if (begun !== undefined) scrub(begun);
      return gone;
    },
  };
}
