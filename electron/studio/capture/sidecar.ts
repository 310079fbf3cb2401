import { z } from 'zod';
import { count, id, instant, speaker } from '../../../shared/contract/base.ts';
import { consentAnswer, soundSource, type TakeStart } from '../../../shared/contract/capture.ts';
import { ageBand, guardian } from '../../../shared/contract/consent.ts';
import { type Files, isMissing, writeDurably } from './files.ts';

/** The answer as it is kept; one of an older version was an adult's. */
const keptAnswer = consentAnswer.omit({ vouch: true }).extend({
  ageBand: ageBand.default('adult'),
  guardians: z.array(guardian).default([]),
  stoodBy: z.object({ staffId: z.string(), name: z.string() }).nullable().default(null),
});

/** All that is known of a take, beside its sound: a lost database costs no context. The token stays out of it. */
const sidecar = z.object({
  version: z.literal(1),
  takeId: id,
  portraitId: id,
  startedAt: instant,
  /** Once the times here were put right: when it first said to have begun. */
  givenAt: instant.optional(),
  questionId: z.string(),
  consent: keptAnswer,
  speaker,
  source: soundSource,
  /** Set when the take is closed. */
  closing: z
    .object({
      state: z.enum(['closed', 'recovered']),
      closedAt: instant,
      frames: count,
      goFrame: count.nullable(),
      elapsedMs: z.number().nullable(),
      gaps: z.array(z.object({ frame: count, ms: z.number() })).optional(),
      sha256: z.string(),
    })
    .nullable(),
});
export type Sidecar = z.infer<typeof sidecar>;

export function sidecarOf(start: TakeStart, startedAt: string): Sidecar {
  const { takeId, portraitId, questionId, speaker, source } = start;
  const consent = { ...start.consent, stoodBy: start.consent.stoodBy ?? null };
  return { version: 1, takeId, portraitId, startedAt, questionId, consent, speaker, source, closing: null };
}

export function writeSidecar(files: Files, path: string, record: Sidecar): Promise<void> {
  return writeDurably(files, path, `${JSON.stringify(record, null, 2)}\n`);
}

/** The sidecar, or undefined when it is missing or not one of ours. */
export async function readSidecar(files: Files, path: string): Promise<Sidecar | undefined> {
  let text: string;
  try {
    text = await files.readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  try {
    return sidecar.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Writes right times into a sidecar: those its clock gave were wrong. One that is missing or not ours is left. */
export async function putRight(
  files: Files,
  path: string,
  { startedAt, closedAt }: { startedAt: string; closedAt: string | null },
): Promise<void> {
  const record = await readSidecar(files, path);
  if (record === undefined) return;
  const closing = record.closing && { ...record.closing, closedAt: closedAt ?? record.closing.closedAt };
  const givenAt = record.givenAt ?? record.startedAt;
  await writeSidecar(files, path, { ...record, startedAt, givenAt, closing });
}
