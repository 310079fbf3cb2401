import { toEdited, toMaster } from './edit/timeline.ts';
import { editDuration } from './edit.ts';
import type { Edit } from './sound.ts';

/** The part of an edit that says what is heard. */
type Heard = Pick<Edit, 'in' | 'out' | 'cuts'>;

/** One passage of a transcript: seconds from a beginning that whoever holds it knows (the master's, or the edit's). */
export interface Cue {
  start: number;
  end: number;
  text: string;
}

/** Most passages of a transcript, and the longest text of one in characters. */
export const mostCues = 2000;
export const longestCue = 1000;
/** Shortest passage, in seconds: less cannot be read or pointed at. */
export const shortestCue = 0.1;

const milli = (seconds: number) => Math.round(seconds * 1000) / 1000;
/** Blank lines would end a passage in a file; the rest of what is written stays as it is. */
export const cleanCueText = (text: string) =>
  text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');

export const cueProblems = ['order', 'outside', 'tooShort', 'empty'] as const;
export type CueProblem = (typeof cueProblems)[number];

/** What is wrong with the passages of a master `duration` seconds long, or `null`. Tolerates a rounded millisecond. */
export function cuesProblem(cues: readonly Cue[], duration: number): CueProblem | null {
  let before = 0;
  const slack = 0.002;
  for (const { start, end, text } of cues) {
    if (start < 0 || end > duration + slack) return 'outside';
    if (start < before - slack) return 'order';
    if (end - start < Math.min(shortestCue, duration) - slack) return 'tooShort';
    if (cleanCueText(text) === '') return 'empty';
    before = end;
  }
  return null;
}

/**
 * The nearest passages that can be kept: in order, within the master, apart from each other, none empty. Where two
 * overlap the first one ends when the second begins; passages that begin together are joined.
 */
export function tidyCues(cues: readonly Cue[], duration: number): Cue[] {
  const least = Math.min(shortestCue, duration);
  const sorted = cues
    .map((cue) => ({ start: milli(Math.max(0, cue.start)), end: milli(cue.end), text: cleanCueText(cue.text) }))
    .filter((cue) => cue.text !== '' && Number.isFinite(cue.start) && Number.isFinite(cue.end))
    .sort((one, other) => one.start - other.start);
  const tidy: Cue[] = [];
  for (const cue of sorted) {
    const start = Math.min(cue.start, milli(Math.max(0, duration - least)));
    const last = tidy.at(-1);
    if (last !== undefined && start - last.start < least) {
      last.text = `${last.text}\n${cue.text}`.slice(0, longestCue);
      last.end = Math.max(last.end, cue.end);
      continue;
    }
    if (last !== undefined && last.end > start) last.end = start;
    tidy.push({ start, end: cue.end, text: cue.text.slice(0, longestCue) });
  }
  for (const [index, cue] of tidy.entries()) {
    const room = Math.min(tidy[index + 1]?.start ?? duration, duration);
    cue.end = milli(Math.min(room, Math.max(cue.end, cue.start + least)));
  }
  return tidy.slice(0, mostCues);
}

/** The passage that is heard at a moment, or −1. `cues` are tidy. */
export function cueAt(cues: readonly Cue[], seconds: number): number {
  let low = 0;
  let high = cues.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const cue = cues[middle] as Cue;
    if (seconds < cue.start) high = middle - 1;
    else if (seconds >= cue.end) low = middle + 1;
    else return middle;
  }
  return -1;
}

/** A text without times as passages of one or two sentences, spread over a stretch by their length. */
export function spreadText(text: string, from: number, to: number): Cue[] {
  const parts = text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .flatMap((line) => sentences(line.trim()))
    .filter((part) => part !== '');
  const whole = parts.reduce((sum, part) => sum + part.length, 0);
  let at = from;
  return parts.map((part) => {
    const start = at;
    at += ((to - from) * part.length) / whole;
    return { start: milli(start), end: milli(at), text: part };
  });
}

/** Longest passage made of several sentences: two lines of a caption. */
const comfortable = 90;

function sentences(line: string): string[] {
  const pieces = line.match(/[^.!?…]+(?:[.!?…]+[»”"]?|$)\s*/gu) ?? [line];
  const joined: string[] = [];
  for (const piece of pieces.flatMap(shorter)) {
    const last = joined.at(-1);
    if (last !== undefined && last.length + piece.length < comfortable) joined[joined.length - 1] = `${last} ${piece}`;
    else joined.push(piece);
  }
  return joined;
}

/** A sentence nobody ended still fits into passages. */
function shorter(piece: string): string[] {
  const parts: string[] = [];
  let rest = piece.trim();
  while (rest.length > longestCue) {
    const cut = rest.lastIndexOf(' ', longestCue);
    parts.push(rest.slice(0, cut > 0 ? cut : longestCue));
    rest = rest.slice(cut > 0 ? cut : longestCue).trim();
  }
  return [...parts, rest];
}

/** Passages in seconds of what is heard after editing; what the edit leaves out is left out here too. */
export function editedCues(cues: readonly Cue[], edit: Heard): Cue[] {
  const whole = editDuration(edit);
  return cues
    .map((cue) => ({ start: milli(toEdited(edit, cue.start)), end: milli(toEdited(edit, cue.end)), text: cue.text }))
    .filter((cue) => cue.end - cue.start >= Math.min(shortestCue, whole));
}

/** Passages that were timed on the published sound, in seconds of the master. */
export function masterCues(cues: readonly Cue[], edit: Heard): Cue[] {
  // What ends where a cut begins ends before it; the moment after is the same one in the edit.
  const before = (seconds: number) => toMaster(edit, Math.max(0, seconds - 0.0005));
  return cues.map((cue) => ({
    start: milli(toMaster(edit, cue.start)),
    end: milli(Math.max(before(cue.end) + 0.0005, toMaster(edit, cue.start))),
    text: cue.text,
  }));
}
