import { z } from 'zod';
import { empty, language, shortText, visitorCall } from './base.ts';
import { purpose } from './consent.ts';
import { boothDevicesContract, chosenDevice } from './devices.ts';
import { cooperative, event, eventConsent } from './event.ts';

const asked = z.object({
  title: z.string().min(1),
  paragraphs: z.array(z.string().min(1)).min(1),
  ask: z.string().min(1),
});

/**
 * Everything a visitor reads about authorisations, in one language, with the event's own names and days filled in: the
 * notice before the microphone opens, the whole text, what a guardian reads, and the choices after listening back.
 */
export const notice = asked.extend({
  /** Version of the text, e.g. `2026-1`. */
  version: z.string().min(1).max(40),
  language,
  /** SHA-256 (hex) of the text exactly as shown; stored with the answer. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Not yet read by a data-protection officer. */
  draft: z.boolean(),
  /** The whole text, paragraph by paragraph. */
  full: z.array(z.string().min(1)).min(1),
  /** What a parent or guardian reads and answers. */
  minor: asked,
  /** Asked after listening back; nothing is ticked beforehand. */
  choices: z.object({
    title: z.string().min(1),
    lead: z.string().min(1),
    /** A label and one plain sentence for every purpose; which of them are offered is the event's to say. */
    purposes: z.record(purpose, z.object({ label: z.string().min(1), explain: z.string().min(1) })),
    name: z.object({ name: z.string().min(1), pseudonym: z.string().min(1), anonymous: z.string().min(1) }),
    /** Allowing nothing, which erases everything. */
    none: z.string().min(1),
  }),
});
export type Notice = z.infer<typeof notice>;

/** What the booth's screens have to know of the event's authorisations. */
export const boothConsent = eventConsent
  .pick({ controller: true, contact: true, purposes: true, guardians: true, withdrawalUrl: true, fullTextUrl: true })
  .extend({
    /** Last day of any use, as the texts say it too. */
    until: z.iso.date().nullable(),
    askContact: z.boolean(),
    /** Whether tickets can be printed. */
    ticketPrinter: z.boolean(),
  });
export type BoothConsent = z.infer<typeof boothConsent>;

/** Keyboard codes (`KeyboardEvent.code`) a big button or pedal may send; all mean the one named action `press`. */
export const bigButtonKeys = z.array(z.string().min(1).max(40)).max(12);

export const boothConfig = z.object({
  event,
  cooperatives: z.array(cooperative),
  notices: z.array(notice),
  consent: boothConsent,
  bigButtonKeys,
  /** Seconds without a touch before the booth asks « Vous êtes toujours là ? », and from there to the start. */
  idleSeconds: z.int().positive(),
  idleGraceSeconds: z.int().positive(),
  /** The microphone and the loudspeaker the hosts chose. */
  chosen: z.object({ microphone: chosenDevice.nullable(), loudspeaker: chosenDevice.nullable() }).optional(),
});
export type BoothConfig = z.infer<typeof boothConfig>;

/** What the page saw of the microphone, for the hosts' health panel. */
export const microphoneReport = z.object({
  state: z.enum([
    'working',
    'silent',
    'stalled',
    'lost',
    'refused',
    'missing',
    'fallback',
    'chosenMissing',
    'noMicrophone',
  ]),
  device: z.string().max(200),
  detail: shortText,
});

export const boothContract = {
  /** Everything the booth's page needs to run, even if the studio then falls silent. */
  config: visitorCall.route({ method: 'GET' }).input(empty).output(boothConfig),
  /** Whether a recording may start now, before the visitor is invited to one. */
  readiness: visitorCall
    .route({ method: 'GET' })
    .input(empty)
    .output(z.object({ ready: z.boolean(), reason: z.enum(['disk', 'database', 'closing']).nullable() })),
  /** Tells the studio how the microphone fares. */
  reportMicrophone: visitorCall.input(microphoneReport).output(empty),
  ...boothDevicesContract,
};
