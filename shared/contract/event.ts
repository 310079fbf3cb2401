import { z } from 'zod';
import { purposes } from '../domain/consent.ts';
import { empty, hostCall, id, language, localisedText, organiserCall, shortText } from './base.ts';
import { purpose } from './consent.ts';

export const question = z.object({ id: z.string().min(1).max(60), text: localisedText });

/** An address a visitor's telephone can open. */
const pageUrl = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .nullable();

/** What an event says of authorisations: who answers for them, what may be allowed, and for how long. */
export const eventConsent = z.object({
  /** Who answers for the recordings, as the visitor reads it; empty: the event's own name. */
  controller: z.string().max(120).trim().default(''),
  /** Where that one is reached about them, as the visitor reads it. */
  contact: z.string().max(200).trim().default(''),
  /** What the visitor is asked about, in this order. */
  purposes: z
    .array(purpose)
    .min(1)
    .max(purposes.length)
    .default([...purposes]),
  /** How many parents or guardians have to sign for somebody under 18. */
  guardians: z.union([z.literal(1), z.literal(2)]).default(1),
  /** Last local day of any use (YYYY-MM-DD); `null`: five years after the event's day. */
  until: z.iso.date().nullable().default(null),
  /** Days after which a portrait that is neither published nor archived is erased. */
  keptDays: z.int().min(15).max(3650).default(90),
  /** Days for which a portrait withdrawn on a site can still be had back by a host; every use ends at once. */
  graceDays: z.int().min(1).max(60).default(14),
  /** The site's page where a ticket's code withdraws, if there is one. */
  withdrawalUrl: pageUrl.default(null),
  /** Where the whole text can be read on a telephone, if it can. */
  fullTextUrl: pageUrl.default(null),
  /** Whether the visitor is asked for a way to reach them. */
  askContact: z.boolean().default(false),
});
export type EventConsent = z.infer<typeof eventConsent>;

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
  consent: eventConsent.prefault({}),
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
