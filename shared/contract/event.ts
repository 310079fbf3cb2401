import { z } from 'zod';
import { empty, hostCall, id, language, localisedText, organiserCall, shortText } from './base.ts';

export const question = z.object({ id: z.string().min(1).max(60), text: localisedText });

/** A day in a town, with a theme: what the booth shows and asks. */
export const event = z.object({
  id,
  /** Name of the meeting, e.g. « Hauts les Coop ». */
  name: shortText.min(1),
  town: shortText,
  /** The day itself, as a local date (YYYY-MM-DD): the event keeps it past midnight. */
  day: z.iso.date(),
  theme: localisedText,
  languages: z.array(language).min(1),
  /** Longest recording, in seconds. */
  limitSeconds: z.int().min(20).max(300),
  questions: z.array(question).min(1).max(20),
});
export type Event = z.infer<typeof event>;

export const cooperative = z.object({ id: z.string().min(1).max(60), name: shortText.min(1) });
export type Cooperative = z.infer<typeof cooperative>;

export const eventContract = {
  /** The event the booth records for now. */
  current: hostCall.route({ method: 'GET' }).input(empty).output(event),
  /** Changes the current event; portraits already recorded keep it. */
  save: organiserCall.input(event.omit({ id: true })).output(event),
  /** Starts another event and makes it the current one. */
  create: organiserCall.input(event.omit({ id: true })).output(event),
};
