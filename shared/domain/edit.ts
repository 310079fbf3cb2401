import type { CleanUp, Cut, Edit, SpeechEdges } from './sound.ts';

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

/**
 * Length of the crossfade at a join, in seconds: long enough that no step is heard, short enough that nothing is heard
 * twice. It stands half before and half after the join, so that a join is where the cut says and no time is lost.
 */
export const crossfade = 0.01;

export const editProblems = ['notANumber', 'outside', 'tooShort', 'fades', 'cuts', 'gain'] as const;
export type EditProblem = (typeof editProblems)[number];

/** A rounded microsecond is forgiven. */
const slack = 1e-6;

/** Length of what is heard, in seconds. */
export function editDuration(edit: Pick<Edit, 'in' | 'out' | 'cuts'>): number {
  const gone = edit.cuts.reduce((sum, cut) => sum + (cut.end - cut.start), 0);
  return Math.max(0, edit.out - edit.in - gone);
}

/** What is wrong with an edit of a master `duration` seconds long, or `null`. Markers never keep one from being heard. */
export function editProblem(edit: Edit, duration: number): EditProblem | null {
  const values = [edit.in, edit.out, edit.fadeIn, edit.fadeOut, edit.gainDb];
  if (![...values, ...edit.cuts.flatMap(({ start, end }) => [start, end])].every(Number.isFinite)) return 'notANumber';
  if (edit.in < 0 || edit.out > duration + slack) return 'outside';
  const heard = editDuration(edit);
  if (heard < Math.min(shortestEdit, duration) - slack || edit.out <= edit.in) return 'tooShort';
  if (edit.cuts.length > mostCuts || !apart(edit)) return 'cuts';
  if (edit.fadeIn < 0 || edit.fadeOut < 0 || edit.fadeIn > longestFade || edit.fadeOut > longestFade) return 'fades';
  if (edit.fadeIn + edit.fadeOut > heard + slack) return 'fades';
  if (Math.abs(edit.gainDb) > largestGainDb) return 'gain';
  return null;
}

/** Whether the cuts are in order, and each of them and each piece between them has room for a crossfade. */
function apart({ in: start, out, cuts }: Edit): boolean {
  const bounds = [start, ...cuts.flatMap((cut) => [cut.start, cut.end]), out];
  return bounds.every((bound, index) => index === 0 || bound - (bounds[index - 1] as number) >= crossfade - slack);
}

const within = (value: number, low: number, high: number) =>
  Number.isFinite(value) ? Math.max(low, Math.min(high, value)) : low;

/**
 * The nearest edit that can be rendered, for a hand that drags past an end: inside the master, at least
 * `shortestEdit` long (or the whole of a shorter master); cuts in order and joined where nothing would be left between
 * them, one that reaches an end moving that end; fades shortened alike until they fit. `duration` > 0.
 */
export function clampEdit(edit: Edit, duration: number): Edit {
  const shortest = Math.min(shortestEdit, duration);
  const start = within(edit.in, 0, duration - shortest);
  // An end that only rounding finds too near stays where it is: nobody moved it.
  const near = start + shortest - edit.out;
  const out = near > 0 && near < slack ? within(edit.out, 0, duration) : within(edit.out, start + shortest, duration);
  // Where the cuts would leave too little, the last ones go first.
  let wanted = tidyCuts(edit.cuts);
  let kept = settle(start, out, wanted);
  while (editDuration(kept) < shortest - slack) {
    wanted = wanted.slice(0, -1);
    kept = settle(start, out, wanted);
  }
  const heard = editDuration(kept);
  const fadeIn = within(edit.fadeIn, 0, longestFade);
  const fadeOut = within(edit.fadeOut, 0, longestFade);
  const fit = Math.min(1, heard / Math.max(fadeIn + fadeOut, Number.MIN_VALUE));
  const gainDb = Number.isFinite(edit.gainDb) ? within(edit.gainDb, -largestGainDb, largestGainDb) : 0;
  return {
    ...edit,
    ...kept,
    fadeIn: fadeIn * fit,
    fadeOut: fadeOut * fit,
    gainDb,
    markers: edit.markers
      .map((marker) => ({ ...marker, at: within(marker.at, 0, duration) }))
      .sort((a, b) => a.at - b.at)
      .slice(0, mostMarkers),
  };
}

/** Cuts in order and joined where less than a crossfade would be left between them; too short ones are none. */
function tidyCuts(cuts: readonly Cut[]): Cut[] {
  const tidy: Cut[] = [];
  const inOrder = cuts
    .filter(({ start, end }) => Number.isFinite(start) && Number.isFinite(end) && end - start >= crossfade)
    .toSorted((a, b) => a.start - b.start);
  for (const { start, end } of inOrder) {
    const last = tidy.at(-1);
    if (last && start - last.end < crossfade) last.end = Math.max(last.end, end);
    else tidy.push({ start, end });
  }
  return tidy;
}

/** The ends and the cuts strictly between them; `cuts` are tidy. */
function settle(start: number, out: number, cuts: readonly Cut[]): Pick<Edit, 'in' | 'out' | 'cuts'> {
  let [from, to] = [start, out];
  const inside = cuts.filter((cut) => cut.end > from && cut.start < to);
  for (const cut of inside) if (cut.start - from < crossfade) from = Math.max(from, cut.end);
  for (const cut of inside.toReversed()) if (to - cut.end < crossfade) to = Math.min(to, cut.start);
  const kept = inside.filter((cut) => cut.start - from >= crossfade && to - cut.end >= crossfade);
  return { in: from, out: Math.max(from, to), cuts: kept.slice(0, mostCuts).map((cut) => ({ ...cut })) };
}
