import type { Edit, SpeechEdges } from './sound.ts';

/** Fades of a suggested edit, in seconds: long enough to hide the cut, short enough to spare the first consonant. */
const fadeIn = 0.02;
const fadeOut = 0.08;

/** The edit a portrait starts with: the suggested trim, with short fades. */
export function suggestEdit(trim: SpeechEdges): Edit {
  const length = Math.max(0, trim.end - trim.start);
  return {
    in: trim.start,
    out: trim.end,
    fadeIn: Math.min(fadeIn, length / 2),
    fadeOut: Math.min(fadeOut, length / 2),
  };
}
