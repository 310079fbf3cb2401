import { z } from 'zod';
import type { StoodBy } from '../domain/consent.ts';
import { count, edges, empty, id, instant, language, peaks, speaker, verdict, visitorCall } from './base.ts';
import { ageBand, choices, guardian } from './consent.ts';

/** Secret that ties a page to the portrait it is recording; given at start, asked for ever after. */
const token = z.string().min(20).max(200);

/** The visitor's answer to the notice, exactly as given. */
export const consentAnswer = z.object({
  textVersion: z.string().min(1).max(40),
  textSha256: z.string().regex(/^[0-9a-f]{64}$/),
  language,
  /** Only a yes opens the microphone, so only a yes is ever sent. */
  answer: z.literal('yes'),
  answeredAt: instant,
  ageBand,
  /** The parents or guardians who authorise somebody under 18, with their signatures; empty for an adult. */
  guardians: z.array(guardian).max(2),
  /** Says which member of the staff stood by (`staff.vouch`); empty for an adult. */
  vouch: z.string().max(200),
});
export type ConsentAnswer = z.infer<typeof consentAnswer>;

export const soundSource = z.object({
  sampleRate: z.int().min(8000).max(384_000),
  device: z.string().max(200),
  method: z.enum(['processor', 'worklet']),
});

const closed = { CLOSED: { status: 409, data: empty } } as const;
/** The consent text named is not one the booth has shown. */
const unknownText = { UNKNOWN_TEXT: { status: 422, data: empty } } as const;
const unknownTake = { UNKNOWN_TAKE: { status: 404, data: empty } } as const;

/**
 * Recording. The sound itself does not travel through these calls but through `PUT /capture/{takeId}/{chunk}`
 * (see `chunkPath`), as 24-bit little-endian mono PCM in small numbered chunks, counted from 0.
 */
export const captureContract = {
  /**
   * Makes the portrait (at its first take), its consent, its speaker and an open take, durably, before any sound.
   * Repeating the call with the same ids is harmless. A further take of the same portrait needs its token, and no
   * second word of guardians.
   */
  start: visitorCall
    .errors({
      ...closed,
      /** Less disk is left than one take needs. */
      DISK_FULL: { status: 507, data: empty },
      ...unknownText,
      /** Somebody under 18 without the guardians the event asks for, or without a member of the staff beside them. */
      GUARDIAN_NEEDED: { status: 422, data: z.object({ guardians: count, staff: z.boolean() }) },
      /** The portrait exists and the token is not its own. */
      UNKNOWN_TAKE: unknownTake.UNKNOWN_TAKE,
    })
    .input(
      z.object({
        portraitId: id,
        takeId: id,
        token: token.optional(),
        questionId: z.string().min(1).max(60),
        consent: consentAnswer,
        speaker,
        source: soundSource,
        /**
         * The portrait this one takes the place of, with its token: the studio had closed it before it had all of the
         * sound. What its guardians signed for then stands for this one too.
         */
        continues: z.object({ portraitId: id, token }).optional(),
      }),
    )
    .output(z.object({ token })),

  /**
   * Closes the take and answers at once with the verdict, which is null when the sound could not be analysed: the take
   * is safe all the same. Repeating the call gives the same answer.
   */
  stop: visitorCall
    .errors({
      ...unknownTake,
      /** The studio has not got every chunk the page counted: send again from `expected`. */
      MISSING_CHUNKS: { status: 409, data: z.object({ expected: count }) },
    })
    .input(
      z.object({
        takeId: id,
        token,
        /** How many chunks and frames the page sent in all. */
        chunks: count,
        frames: count,
        /** Frame at which the countdown ended; everything before is pre-roll. */
        goFrame: count,
        /** Milliseconds between the first and the last frame by the page's monotonic clock. */
        elapsedMs: z.number().min(0),
        /** Where the device lost sound, by the frame it is missing before; a busy machine has a few at most. */
        gaps: z
          .array(z.object({ frame: count, ms: z.number().min(0) }))
          .max(500)
          .optional(),
      }),
    )
    .output(z.object({ verdict: verdict.nullable(), peaks: peaks.nullable() })),

  /**
   * Keeps this take as the portrait, with what its visitor allows; the portrait's other takes are erased. Who allows
   * nothing is discarded instead. Answers the visitor's code, and where it can be used. Repeating it is harmless.
   */
  keep: visitorCall
    .errors({ ...unknownTake, ...closed, ...unknownText })
    .input(z.object({ portraitId: id, takeId: id, token, choices }))
    .output(z.object({ code: z.string(), ticket: z.object({ code: z.string(), url: z.url().nullable() }) })),

  /** Erases the portrait and every take of it, for good. Repeating the call is harmless. */
  discard: visitorCall
    .errors({ ...unknownTake, ...closed })
    .input(z.object({ portraitId: id, token }))
    .output(empty),
};

/** Answer to every `PUT` of a chunk: how much is safe on disk. */
export const chunkReceipt = z.object({ durableChunks: count, durableFrames: count });
export type ChunkReceipt = z.infer<typeof chunkReceipt>;

/** Answer to a chunk that cannot be taken; HTTP status 400, 404, 409, 413 or 507. */
export const chunkRefusal = z.object({
  code: z.enum(['INVALID', 'UNKNOWN_TAKE', 'MISSING_CHUNKS', 'CLOSED', 'TOO_LARGE', 'DISK_FULL']),
  /** With MISSING_CHUNKS: the number of the chunk to go on from. */
  expected: count.optional(),
});
export type ChunkRefusal = z.infer<typeof chunkRefusal>;

export { chunkLimit, chunkPath, tokenHeader } from '../domain/chunk.ts';

export type StartInput = z.infer<(typeof captureContract.start)['~orpc']['inputSchema'] & z.ZodType>;
/** A start as the studio keeps it: the vouch, which is a secret, has become the member of the staff it stands for. */
export type TakeStart = Omit<StartInput, 'consent'> & {
  consent: Omit<ConsentAnswer, 'vouch'> & { stoodBy?: StoodBy | null | undefined };
};
export type StopInput = z.infer<(typeof captureContract.stop)['~orpc']['inputSchema'] & z.ZodType>;
export const trimEdges = edges;
