import { editDuration } from '../edit.ts';
import type { Edit, Marker } from '../sound.ts';

/** A piece of the master that is heard, in seconds of the master, and when it begins in the result. */
export interface Segment {
  start: number;
  end: number;
  /** Seconds of the result. */
  at: number;
}

/** What is heard of the master, in order. */
export function segments(edit: Pick<Edit, 'in' | 'out' | 'cuts'>): Segment[] {
  const found: Segment[] = [];
  let from = edit.in;
  let at = 0;
  for (const end of [...edit.cuts.map((cut) => cut.start), edit.out]) {
    found.push({ start: from, end, at });
    at += end - from;
    from = edit.cuts[found.length - 1]?.end ?? edit.out;
  }
  return found;
}

/** Seconds of the result at which this moment of the master is heard; what is cut away is heard at its join. */
export function toEdited(edit: Pick<Edit, 'in' | 'out' | 'cuts'>, master: number): number {
  for (const { start, end, at } of segments(edit)) {
    if (master <= start) return at;
    if (master < end) return at + master - start;
  }
  return editDuration(edit);
}

/** The moment of the master heard at these seconds of the result; at a join, what comes after it. */
export function toMaster(edit: Pick<Edit, 'in' | 'out' | 'cuts'>, edited: number): number {
  const time = Math.max(0, Math.min(editDuration(edit), edited));
  for (const { start, end, at } of segments(edit)) if (time < at + end - start) return start + time - at;
  return edit.out;
}

/** Whether this moment of the master is heard. */
export function isHeard(edit: Pick<Edit, 'in' | 'out' | 'cuts'>, master: number): boolean {
  if (master < edit.in || master > edit.out) return false;
  return !edit.cuts.some(({ start, end }) => master > start && master < end);
}

/** The markers that are heard, in seconds of the result, in order. */
export function chapters(edit: Pick<Edit, 'in' | 'out' | 'cuts' | 'markers'>): Marker[] {
  return edit.markers
    .filter(({ at }) => isHeard(edit, at))
    .map(({ at, word }) => ({ at: toEdited(edit, at), word }))
    .sort((a, b) => a.at - b.at);
}
