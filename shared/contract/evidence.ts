import { z } from 'zod';
import { hearsayMethods, nameChoices } from '../domain/consent.ts';
import { resolutions } from '../domain/evidence.ts';
import { ageBand, guardian, purpose, shownText } from './consent.ts';

// What the personal part of each record holds. Append-only like the records: a field may be added, with a default.

/** By whom an answer came into the book. */
const chosenBy = z.discriminatedUnion('who', [
  z.object({ who: z.literal('visitor') }),
  /** A host wrote down what the person told them, and how. */
  z.object({
    who: z.literal('staff'),
    role: z.string(),
    name: z.string().nullable(),
    method: z.enum(hearsayMethods),
    note: z.string(),
  }),
  /** Kept under the texts of 2026-1, which asked for the site alone. */
  z.object({ who: z.literal('older') }),
]);
export type ChosenBy = z.infer<typeof chosenBy>;

/** The yes before the microphone opened; of a sound from elsewhere, what a host was told of it. */
export const recordPayload = z.object({
  text: shownText,
  answeredAt: z.string(),
  ageBand,
  guardians: z.array(guardian),
  guardiansNeeded: z.number(),
  stoodBy: z.object({ staffId: z.string(), name: z.string() }).nullable(),
  takeId: z.string(),
  event: z.object({ id: z.string(), name: z.string(), town: z.string(), day: z.string() }),
  controller: z.string(),
  by: chosenBy.default({ who: 'visitor' }),
});
export type RecordPayload = z.infer<typeof recordPayload>;

export const choicesPayload = z.object({
  text: shownText,
  answeredAt: z.string(),
  offered: z.array(purpose),
  purposes: z.array(purpose),
  nameShown: z.enum(nameChoices),
  pseudonym: z.string(),
  /** Last day of any use: the visitor's wish, within the event's own. */
  until: z.string(),
  /** Encrypted; empty when none was given. */
  contact: z.string(),
  takeId: z.string().nullable(),
  takeSha256: z.string().nullable(),
  by: chosenBy,
});
export type ChoicesPayload = z.infer<typeof choicesPayload>;

export const withdrawalPayload = z.object({
  purposes: z.array(purpose),
  all: z.boolean(),
  by: z.object({ role: z.string(), name: z.string().nullable() }),
});
export type WithdrawalPayload = z.infer<typeof withdrawalPayload>;

/** How a withdrawal that came from a site ended, and what is allowed again where it was undone. */
export const resolutionPayload = z.object({
  how: z.enum(resolutions),
  restored: z.array(purpose),
  by: z.object({ role: z.string(), name: z.string().nullable() }),
});
export type ResolutionPayload = z.infer<typeof resolutionPayload>;

/** Times of earlier acts of the portrait were given by a clock that was wrong: what they were, and what is right. */
export const correctionPayload = z.object({
  times: z.array(z.object({ seq: z.number(), given: z.string(), right: z.string() })),
  /** The last day of any use that follows from the right day; null where it stays. */
  until: z.string().nullable(),
});
export type CorrectionPayload = z.infer<typeof correctionPayload>;
