import { clampEdit, crossfade, editDuration, mostCuts, mostMarkers, shortestEdit, suggestEdit } from '../edit.ts';
import type { CleanUp, Cut, Edit, SpeechEdges } from '../sound.ts';
import { toMaster } from './timeline.ts';

/**
 * What a host does to an edit. Each answers an edit that can be rendered, whatever it is asked, given one that can be;
 * what cannot be done leaves the edit as it is. `duration` is the master's, in seconds.
 *
 * A drag is reckoned from the edit it began with, so that a cut passed over comes back with the hand.
 */

/** Moves the beginning; the end stays, and so much of the sound that it is an edit. Into a cut: to the cut's end. */
export function setIn(edit: Edit, at: number, duration: number): Edit {
  if (!Number.isFinite(at)) return edit;
  const latest = toMaster(edit, editDuration(edit) - Math.min(shortestEdit, duration));
  return clampEdit({ ...edit, in: Math.min(at, Math.max(edit.in, latest)) }, duration);
}

/** Moves the end; the beginning stays. Into a cut: to the cut's beginning. */
export function setOut(edit: Edit, at: number, duration: number): Edit {
  if (!Number.isFinite(at)) return edit;
  const earliest = toMaster(edit, Math.min(shortestEdit, duration));
  return clampEdit({ ...edit, out: Math.max(at, Math.min(edit.out, earliest)) }, duration);
}

/** Leaves a stretch out; it joins with the cuts it touches. What would leave nothing to hear is not done. */
export function addCut(edit: Edit, from: number, to: number, duration: number): Edit {
  const cut = { start: Math.max(edit.in, Math.min(from, to)), end: Math.min(edit.out, Math.max(from, to)) };
  if (!(cut.end - cut.start >= crossfade)) return edit;
  // One over an end leaves a sliver that no crossfade fits in; it goes with the cut.
  const gone = cutAway(edit, cut);
  if (editDuration(edit) - gone < Math.min(shortestEdit, duration)) return edit;
  const made = clampEdit({ ...edit, cuts: [...edit.cuts, cut] }, duration);
  return made.cuts.length > mostCuts || editDuration(made) > editDuration(edit) ? edit : made;
}

/** Seconds heard now that lie in `cut`. */
function cutAway(edit: Edit, cut: Cut): number {
  const already = edit.cuts.reduce(
    (sum, { start, end }) => sum + Math.max(0, Math.min(end, cut.end) - Math.max(start, cut.start)),
    0,
  );
  return cut.end - cut.start - already;
}

/** Moves the ends of a cut. */
export function moveCut(edit: Edit, index: number, cut: Cut, duration: number): Edit {
  if (edit.cuts[index] === undefined) return edit;
  const without = removeCut(edit, index);
  const moved = addCut(without, cut.start, cut.end, duration);
  return moved === without ? edit : moved;
}

/** Takes a cut back: the stretch is heard again. */
export function removeCut(edit: Edit, index: number): Edit {
  if (edit.cuts[index] === undefined) return edit;
  return { ...edit, cuts: edit.cuts.filter((_, other) => other !== index) };
}

export function setFades(edit: Edit, fades: Partial<Pick<Edit, 'fadeIn' | 'fadeOut'>>, duration: number): Edit {
  return clampEdit({ ...edit, ...fades }, duration);
}

export function setGain(edit: Edit, gainDb: number, duration: number): Edit {
  return clampEdit({ ...edit, gainDb }, duration);
}

export function setCleanUp(edit: Edit, cleanUp: Partial<CleanUp>): Edit {
  return { ...edit, cleanUp: { ...edit.cleanUp, ...cleanUp } };
}

/** Marks a moment with a word; one too many, or one without a word, is not made. */
export function addMarker(edit: Edit, at: number, word: string, duration: number): Edit {
  if (!Number.isFinite(at) || word.trim() === '' || edit.markers.length >= mostMarkers) return edit;
  return clampEdit({ ...edit, markers: [...edit.markers, { at, word: word.trim() }] }, duration);
}

export function moveMarker(edit: Edit, index: number, at: number, duration: number): Edit {
  if (edit.markers[index] === undefined || !Number.isFinite(at)) return edit;
  const markers = edit.markers.map((marker, other) => (other === index ? { ...marker, at } : marker));
  return clampEdit({ ...edit, markers }, duration);
}

export function nameMarker(edit: Edit, index: number, word: string): Edit {
  if (edit.markers[index] === undefined || word.trim() === '') return edit;
  const markers = edit.markers.map((marker, other) => (other === index ? { ...marker, word: word.trim() } : marker));
  return { ...edit, markers };
}

export function removeMarker(edit: Edit, index: number): Edit {
  return { ...edit, markers: edit.markers.filter((_, other) => other !== index) };
}

/** Takes over the suggested beginning, end and fades; cuts that still lie between them, and all else, stay. */
export function acceptTrim(edit: Edit, trim: SpeechEdges, duration: number): Edit {
  const { in: start, out, fadeIn, fadeOut } = suggestEdit(trim);
  return clampEdit({ ...edit, in: start, out, fadeIn, fadeOut }, duration);
}
