import type { Transcript } from '../../../shared/contract/base.ts';
import type { PortraitDetail } from '../../../shared/contract/library.ts';
import { type Cue, cleanCueText, shortestCue, spreadText, tidyCues } from '../../../shared/domain/captions.ts';

/** A passage on the screen; its key stays while it is cut, timed and written, so that nobody loses the cursor. */
export interface Row extends Cue {
  key: number;
}

/** A transcript being written: what was stored when it began, and how it stands. */
export interface TranscriptDraft {
  base: Transcript | null;
  rows: Row[];
  origin: Transcript['origin'];
  checked: boolean;
}

/** Rows after an act, and where the cursor belongs. */
export interface Acted {
  rows: Row[];
  focus: { key: number; caret: number };
}

let keys = 0;
const rowOf = (cue: Cue): Row => ({ key: ++keys, start: cue.start, end: cue.end, text: cue.text });

export function draftOf(transcript: Transcript | null): TranscriptDraft {
  return {
    base: transcript,
    rows: transcript?.cues.map(rowOf) ?? [],
    origin: transcript?.origin ?? 'typed',
    checked: transcript?.checked ?? false,
  };
}

/** A draft of another page, with keys of this one. */
export function refreshed(draft: TranscriptDraft): TranscriptDraft {
  return { ...draft, rows: draft.rows.map(rowOf) };
}

type Timed = Pick<PortraitDetail, 'take' | 'edit' | 'language'>;

/** Length of the master in seconds. */
export const wholeOf = ({ take }: Pick<PortraitDetail, 'take'>): number =>
  take === null ? 0 : take.frames / take.sampleRate;

/** What would be stored: passages in order and within the take; `null` when nothing is written. */
export function transcriptOf(draft: TranscriptDraft, portrait: Timed): Transcript | null {
  const cues = tidyCues(draft.rows, wholeOf(portrait));
  if (cues.length === 0) return null;
  return { language: portrait.language, origin: draft.origin, checked: draft.checked, cues };
}

export function sameTranscript(one: Transcript | null, other: Transcript | null): boolean {
  if (one === null || other === null) return one === other;
  const plain = ({ language, origin, checked, cues }: Transcript) =>
    JSON.stringify([language, origin, checked, cues.map((cue) => [cue.start, cue.end, cue.text])]);
  return plain(one) === plain(other);
}

/** A new passage after the last one, from the playhead where that makes sense, to the end. */
export function addRow(rows: readonly Row[], seconds: number, until: number): Acted {
  const last = rows.at(-1);
  const begins =
    last === undefined ? Math.min(seconds, until - shortestCue) : Math.max(seconds, last.start + shortestCue);
  const start = Math.max(0, Math.min(begins, until - shortestCue));
  const row = rowOf({ start, end: Math.max(until, start + shortestCue), text: '' });
  const before = rows.map((one) => (one === last && one.end > start ? { ...one, end: start } : one));
  return { rows: [...before, row], focus: { key: row.key, caret: 0 } };
}

/**
 * « A passage begins here »: at the playhead. With the cursor inside a text, the rest of it becomes a passage of its own;
 * at its beginning, the passage itself is set there and the cursor goes on to the next, so that a whole text can be
 * timed by one key while it plays.
 */
export function stampRow(rows: readonly Row[], index: number, caret: number, seconds: number, until: number): Acted {
  const row = rows[index];
  if (row === undefined) return addRow(rows, seconds, until);
  if (cleanCueText(row.text.slice(0, caret)) === '') return setStart(rows, index, seconds, until);
  const next = rows[index + 1];
  const limit = next?.start ?? until;
  const sensible = seconds > row.start + shortestCue && seconds < limit - shortestCue;
  // A playhead that is elsewhere says nothing about this passage: its text then tells about where it is cut.
  const at = sensible ? seconds : row.start + (Math.max(row.end, row.start) - row.start) * (caret / row.text.length);
  const first = { ...row, end: at, text: row.text.slice(0, caret).trim() };
  const second = rowOf({ start: at, end: row.end > at ? row.end : limit, text: row.text.slice(caret).trim() });
  return {
    rows: [...rows.slice(0, index), first, second, ...rows.slice(index + 1)],
    focus: { key: second.key, caret: 0 },
  };
}

function setStart(rows: readonly Row[], index: number, seconds: number, until: number): Acted {
  const row = rows[index] as Row;
  const before = rows[index - 1];
  const least = before === undefined ? 0 : before.start + shortestCue;
  const start = Math.max(least, Math.min(seconds, until - shortestCue));
  const next = rows[index + 1];
  // Passages that are still to be timed make room; those that already lie further on stay where they are.
  const push = next !== undefined && next.start < start + shortestCue ? start - row.start : 0;
  const all = rows.map((one, at) => {
    if (at === index - 1) return { ...one, end: one.end > start || one.end === row.start ? start : one.end };
    if (at === index) return { ...one, start, end: Math.max(one.end + push, start + shortestCue) };
    if (at > index && push > 0) {
      const moved = Math.min(one.start + push, until - shortestCue * (rows.length - at));
      return {
        ...one,
        start: Math.max(moved, start + shortestCue),
        end: Math.min(Math.max(one.end + push, moved + shortestCue), until),
      };
    }
    return one;
  });
  return { rows: all, focus: { key: next?.key ?? row.key, caret: 0 } };
}

/** The passage joined to the one before it. */
export function joinRow(rows: readonly Row[], index: number): Acted | undefined {
  const row = rows[index];
  const before = rows[index - 1];
  if (row === undefined || before === undefined) return undefined;
  const text = [before.text.trimEnd(), row.text.trimStart()].filter((part) => part !== '').join(' ');
  const joined = { ...before, end: Math.max(before.end, row.end), text };
  const caret = row.text.trim() === '' ? text.length : text.length - row.text.trimStart().length;
  return { rows: [...rows.slice(0, index - 1), joined, ...rows.slice(index + 1)], focus: { key: before.key, caret } };
}

/** A longer text put into a passage: sentence by sentence, spread over the passage's time. */
export function pasteInto(rows: readonly Row[], index: number, text: string): Acted | undefined {
  const row = rows[index];
  if (row === undefined) return undefined;
  const pieces = spreadText(text, row.start, row.end).map(rowOf);
  const last = pieces.at(-1);
  if (last === undefined) return undefined;
  return {
    rows: [...rows.slice(0, index), ...pieces, ...rows.slice(index + 1)],
    focus: { key: last.key, caret: last.text.length },
  };
}
