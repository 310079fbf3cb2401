import { z } from 'zod';
import { longestCaptionFile } from '../domain/captionFiles.ts';
import { count, cue, empty, hostCall, id } from './base.ts';
import { notFound } from './library.ts';

/** Why no automatic transcript can be made now; the interface has a sentence for each. */
export const engineAbsences = ['off', 'noProgram', 'notThatProgram', 'noModel'] as const;
export type EngineAbsence = (typeof engineAbsences)[number];

/** Why an automatic transcript ended without one; `changed`: somebody wrote meanwhile, and that was kept. */
export const transcriptFailures = [
  'noSound',
  'soundFailed',
  'engineGone',
  'engineHung',
  'engineFailed',
  'nothingHeard',
  'changed',
] as const;
export type TranscriptFailure = (typeof transcriptFailures)[number];

export const transcriptJob = z.object({
  portraitId: id,
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  /** 0…1. */
  progress: z.number().min(0).max(1),
  failure: z.enum(transcriptFailures).nullable(),
  /** What the engine said last, for whoever sets it up. */
  detail: z.string(),
});
export type TranscriptJob = z.infer<typeof transcriptJob>;

export const transcriptContract = {
  /** Whether the local engine can be used, and what it is at; jobs that ended stay in sight for a while. */
  engine: hostCall
    .route({ method: 'GET' })
    .input(empty)
    .output(
      z.object({
        available: z.boolean(),
        why: z.enum(engineAbsences).nullable(),
        /** Path of the program that is used; empty when there is none. */
        program: z.string(),
        jobs: z.array(transcriptJob),
      }),
    ),
  /** `HAS_TRANSCRIPT` unless the host said that what is written may be replaced. */
  start: hostCall
    .errors({
      ...notFound,
      NO_ENGINE: { status: 409, data: z.object({ why: z.enum(engineAbsences) }) },
      NO_SOUND: { status: 422, data: empty },
      HAS_TRANSCRIPT: { status: 409, data: empty },
    })
    .input(z.object({ id, replace: z.boolean().default(false) }))
    .output(empty),
  /** Harmless when nothing runs for the portrait. */
  cancel: hostCall.input(z.object({ id })).output(empty),
  /**
   * Reads a WebVTT or SubRip file, whatever its little faults; nothing is stored. Times are the file's own. `skipped`
   * counts passages whose time or text could not be read.
   */
  read: hostCall
    .errors({ NOT_CAPTIONS: { status: 422, data: empty } })
    .input(z.object({ text: z.string().max(longestCaptionFile) }))
    .output(z.object({ format: z.enum(['vtt', 'srt']), cues: z.array(cue), skipped: count })),
};
