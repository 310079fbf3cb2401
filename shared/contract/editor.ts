import { z } from 'zod';
import { takePeaksRates } from '../domain/take-peaks.ts';
import { count, edges, edit, hostCall, id, instant, portraitState, seconds, shortText } from './base.ts';

/** Who made a change: the booth for its visitor, somebody at a desk, or the studio by itself. */
export const changedBy = z.enum(['visitor', 'host', 'organiser', 'studio']);

/** Where the edit of a portrait stands; every change answers it. */
export const editState = z.object({
  id,
  state: portraitState,
  /** Of the portrait; the next change names it. */
  revision: count,
  edit,
  /** Steps made so far, and which of them the edit stands at: 0 is how it was before the first. */
  steps: count,
  position: count,
  canUndo: z.boolean(),
  canRedo: z.boolean(),
  /** What undo would take back and redo would do again, by the labels given to `save`. */
  undoes: z.string().nullable(),
  redoes: z.string().nullable(),
  /** The portrait is published somewhere, and with a sound that is not this one any more. */
  outdated: z.boolean(),
});
export type EditState = z.infer<typeof editState>;

/**
 * A file with a waveform's peaks in several resolutions (`shared/domain/take-peaks.ts`), finest first: int16 little-endian, minimum and maximum of each
 * bin interleaved, full scale 32768. A level begins at byte `offset`; bin `n` begins at `n / rate` seconds and takes
 * four bytes. Made when first asked for; ask for the bytes that are to be seen (`range`).
 */
export const peaksFile = z.object({
  /** Address on the door; valid for an hour. */
  url: z.string(),
  levels: z.array(z.object({ rate: z.number().positive(), bins: count, offset: count })).length(takePeaksRates.length),
});
export type PeaksFile = z.infer<typeof peaksFile>;

/** All that is needed to hear an edit of a take and to draw it closely; as a whole it is drawn from the portrait's peaks. */
export const editorTake = z.object({
  id,
  sampleRate: z.int(),
  frames: count,
  /** Gain in dB that brings the suggested trim to publication loudness; a first guess for an edit. */
  gainDb: z.number(),
  /** Address of the master on the door; valid for an hour. Its samples (24-bit mono) begin at byte `dataOffset`. */
  url: z.string(),
  dataOffset: count,
  /** Levels of room and voice in dBFS; `null` where the take could not be analysed. */
  floorDb: z.number().nullable(),
  speechDb: z.number().nullable(),
  speech: edges.nullable(),
  peaks: peaksFile,
});
export type EditorTake = z.infer<typeof editorTake>;

export const editorOpening = editState.extend({
  /** The edit suggested by the analysis, or `null` where it found no speech to go by. */
  suggested: edit.nullable(),
  duration: seconds,
  take: editorTake,
  /** Publication loudness and ceiling, for hearing original and result alike. */
  target: z.object({ lufs: z.number(), truePeak: z.number() }),
});
export type EditorOpening = z.infer<typeof editorOpening>;

const missing = {
  NOT_FOUND: { status: 404, data: z.object({}) },
  /** The portrait has no sound that could be edited. */
  NO_SOUND: { status: 409, data: z.object({}) },
} as const;
const changes = {
  ...missing,
  /** Somebody changed the portrait since this revision. */
  STALE: { status: 409, data: z.object({ revision: count, by: changedBy, at: instant }) },
  /** A recording, rejected or withdrawn portrait is not edited. */
  WRONG_STATE: { status: 409, data: z.object({ state: portraitState }) },
} as const;

const target = z.object({ id, revision: count });
/** A few words, or a key of the interface's words, for what was done. */
const label = shortText.min(1);

/**
 * Editing the sound of a portrait. Every save is a step that can be undone, without limit and after a restart too. A
 * published portrait may be edited: what is out there stays as it is until it is published again, and `outdated` says so.
 */
export const editorContract = {
  open: hostCall.route({ method: 'GET' }).errors(missing).input(z.object({ id })).output(editorOpening),
  /**
   * Makes a step of this edit; the same edit again makes none. `merge` makes it one with the step before when that has
   * the same label and nothing was undone since: the first save of a drag goes without it, the others with it, and the
   * drag is one step. Steps that were undone are forgotten.
   */
  save: hostCall
    .errors({
      ...changes,
      /** The edit cannot be rendered; see `editProblem`. */
      BAD_EDIT: { status: 422, data: z.object({ problem: z.string() }) },
    })
    .input(target.extend({ edit, label, merge: z.boolean().default(false) }))
    .output(editState),
  /** Takes the last step back; at the first, answers what is. */
  undo: hostCall.errors(changes).input(target).output(editState),
  /** Does the step taken back last again; at the last, answers what is. */
  redo: hostCall.errors(changes).input(target).output(editState),
  /** Takes over the suggested beginning, end and fades, as a step; without a suggestion, answers what is. */
  accept: hostCall.errors(changes).input(target.extend({ label })).output(editState),
};
