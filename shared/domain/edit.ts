import type { CleanUp, Edit, SpeechEdges } from './sound.ts';

/** Shortest edit that can be rendered, in seconds. */
export const shortestEdit = 0.5;
/** Longest fade, in seconds. */
export const longestFade = 5;
/** Most cuts and markers of one edit, and the largest gain either way in dB. */
export const mostCuts = 50;
export const mostMarkers = 50;
export const largestGainDb = 6;

export const noCleanUp: CleanUp = { highPass: false, hum: false, noise: false };

/** An edit that does nothing but trim and fade. */
export function plainEdit(trim: Pick<Edit, 'in' | 'out' | 'fadeIn' | 'fadeOut'>): Edit {
  return { ...trim, cuts: [], gainDb: 0, cleanUp: noCleanUp, markers: [] };
}

/** Fades of a suggested edit, in seconds: short enough to keep the breath, long enough to hide the cut in hall noise. */
export const suggestedFades = { fadeIn: 0.05, fadeOut: 0.15 } as const;

/** The edit a portrait starts with: the suggested trim with short fades. */
export function suggestEdit(trim: SpeechEdges): Edit {
  const room = Math.max(0, trim.end - trim.start) / 2;
  return plainEdit({
    in: trim.start,
    out: trim.end,
    fadeIn: Math.min(suggestedFades.fadeIn, room),
    fadeOut: Math.min(suggestedFades.fadeOut, room),
  });
}

export const editProblems = ['notANumber', 'outside', 'tooShort', 'fades'] as const;
export type EditProblem = (typeof editProblems)[number];

/** What is wrong with an edit of a master `duration` seconds long, or `null`. Tolerates one rounded microsecond. */
export function editProblem(edit: Edit, duration: number): EditProblem | null {
  const values = [edit.in, edit.out, edit.fadeIn, edit.fadeOut];
  if (!values.every(Number.isFinite)) return 'notANumber';
  const slack = 1e-6;
  if (edit.in < 0 || edit.out > duration + slack) return 'outside';
  if (edit.out - edit.in < Math.min(shortestEdit, duration) - slack || edit.out <= edit.in) return 'tooShort';
  if (edit.fadeIn < 0 || edit.fadeOut < 0 || edit.fadeIn > longestFade || edit.fadeOut > longestFade) return 'fades';
  if (edit.fadeIn + edit.fadeOut > edit.out - edit.in + slack) return 'fades';
  return null;
}

const within = (value: number, low: number, high: number) =>
  Number.isFinite(value) ? Math.max(low, Math.min(high, value)) : low;

/**
 * The nearest edit that can be rendered, for a hand that drags past an end: inside the master, at least
 * `shortestEdit` long (or the whole of a shorter master), fades shortened alike until they fit. `duration` > 0.
 */
export function clampEdit(edit: Edit, duration: number): Edit {
  const shortest = Math.min(shortestEdit, duration);
  const start = within(edit.in, 0, duration - shortest);
  const out = within(edit.out, start + shortest, duration);
  const fadeIn = within(edit.fadeIn, 0, longestFade);
  const fadeOut = within(edit.fadeOut, 0, longestFade);
  const fit = Math.min(1, (out - start) / Math.max(fadeIn + fadeOut, Number.MIN_VALUE));
  return { ...edit, in: start, out, fadeIn: fadeIn * fit, fadeOut: fadeOut * fit };
}

/** Length of what is heard, in seconds. */
export function editDuration(edit: Edit): number {
  return Math.max(0, edit.out - edit.in);
}

/** An edit in frames of its master: `first` is the first frame heard, `end` the one after the last. */
export interface EditFrames {
  first: number;
  end: number;
  fadeIn: number;
  fadeOut: number;
}

export function editFrames(edit: Edit, sampleRate: number, frames: number): EditFrames {
  const first = Math.min(frames, Math.round(edit.in * sampleRate));
  const end = Math.max(first, Math.min(frames, Math.round(edit.out * sampleRate)));
  const length = end - first;
  const fadeIn = Math.min(length, Math.round(edit.fadeIn * sampleRate));
  const fadeOut = Math.min(length - fadeIn, Math.round(edit.fadeOut * sampleRate));
  return { first, end, fadeIn, fadeOut };
}

/** Fades in place, by half a cosine: no corner at either end of it. */
export function applyFades(samples: Float32Array, { fadeIn, fadeOut }: Pick<EditFrames, 'fadeIn' | 'fadeOut'>): void {
  const last = samples.length - 1;
  for (let index = 0; index < fadeIn; index++) {
    samples[index] = (samples[index] as number) * (0.5 - 0.5 * Math.cos((Math.PI * index) / fadeIn));
  }
  for (let index = 0; index < fadeOut; index++) {
    samples[last - index] = (samples[last - index] as number) * (0.5 - 0.5 * Math.cos((Math.PI * index) / fadeOut));
  }
}
