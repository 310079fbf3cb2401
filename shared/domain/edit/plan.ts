import { crossfade } from '../edit.ts';
import type { Edit } from '../sound.ts';
import { segments } from './timeline.ts';

/** A piece that is heard, in frames of the master, and where it begins in the result. */
export interface PlanSegment {
  first: number;
  /** The frame after its last. */
  end: number;
  at: number;
}

/** An edit in frames: what is to be done to get its sound. */
export interface EditPlan {
  segments: PlanSegment[];
  /** Frames of the result. */
  length: number;
  fadeIn: number;
  fadeOut: number;
  /** Frames of a crossfade to each side of its join. */
  half: number;
}

/** The plan of an edit that can be rendered (see `editProblem`) of a master with so many frames. */
export function editPlan(edit: Edit, sampleRate: number, frames: number): EditPlan {
  const frame = (seconds: number) => Math.max(0, Math.min(frames, Math.round(seconds * sampleRate)));
  const planned: PlanSegment[] = [];
  let length = 0;
  for (const { start, end } of segments(edit)) {
    const first = frame(start);
    const segment = { first, end: Math.max(first, frame(end)), at: length };
    planned.push(segment);
    length += segment.end - segment.first;
  }
  const fadeIn = Math.min(length, Math.round(edit.fadeIn * sampleRate));
  const fadeOut = Math.min(length - fadeIn, Math.round(edit.fadeOut * sampleRate));
  return { segments: planned, length, fadeIn, fadeOut, half: Math.max(1, Math.round((crossfade * sampleRate) / 2)) };
}

/** A stretch of the master that sounds in a stretch of the result. */
export interface Piece {
  /** Index of its segment. */
  segment: number;
  /** Frames of the master. */
  first: number;
  end: number;
  /** Frame of the result at which it begins. */
  at: number;
}

/** The pieces that sound in frames `from`…`to` − 1 of the result; at a join two of them overlap. */
export function piecesOf({ segments, half }: EditPlan, from: number, to: number): Piece[] {
  return segments.flatMap(({ first, end, at }, segment) => {
    // A segment sounds half a crossfade beyond each of its joins.
    const early = segment === 0 ? 0 : half;
    const late = segment === segments.length - 1 ? 0 : half;
    const start = Math.max(from, at - early);
    const stop = Math.min(to, at + end - first + late);
    return start < stop ? [{ segment, first: first + start - at, end: first + stop - at, at: start }] : [];
  });
}

/**
 * Adds a piece (its samples) to the result from frame `from` on. Joins fade at equal power: on both sides of a cut
 * stands sound that has nothing to do with the other, most often a room's noise, whose level then stays; fading
 * linearly it would drop by 3 dB in the middle.
 */
export function addPiece(out: Float32Array, from: number, plan: EditPlan, piece: Piece, samples: Float32Array): void {
  const { half, segments } = plan;
  const { first, end, at } = segments[piece.segment] as EditPlan['segments'][number];
  const joinBefore = piece.segment === 0 ? -Infinity : at;
  const joinAfter = piece.segment === segments.length - 1 ? Infinity : at + end - first;
  for (let index = 0; index < samples.length; index++) {
    const place = piece.at + index;
    let value = samples[index] as number;
    if (place < joinBefore + half) value *= Math.sin(share(place - joinBefore, half) * (Math.PI / 2));
    if (place >= joinAfter - half) value *= Math.cos(share(place - joinAfter, half) * (Math.PI / 2));
    out[place - from] = (out[place - from] as number) + value;
  }
}

/** How far a crossfade has come, 0…1, so many frames from its middle. */
function share(distance: number, half: number): number {
  return Math.max(0, Math.min(1, (distance + half + 0.5) / (2 * half)));
}

/** Fades a stretch of the result that begins at frame `from`, by half a cosine: no corner at either end of it. */
export function fade(stretch: Float32Array, from: number, { length, fadeIn, fadeOut }: EditPlan): void {
  const inside = Math.min(stretch.length, fadeIn - from);
  for (let index = 0; index < inside; index++) {
    stretch[index] = (stretch[index] as number) * (0.5 - 0.5 * Math.cos((Math.PI * (from + index)) / fadeIn));
  }
  for (let index = Math.max(0, length - fadeOut - from); index < stretch.length; index++) {
    const left = length - 1 - from - index;
    stretch[index] = (stretch[index] as number) * (0.5 - 0.5 * Math.cos((Math.PI * left) / fadeOut));
  }
}
