import { z } from 'zod';
import { empty, language, shortText, visitorCall } from './base.ts';
import { cooperative, event } from './event.ts';

/** The notice a visitor reads before the microphone opens, in one language. */
export const notice = z.object({
  /** Version of the text, e.g. `2026-1`. */
  version: z.string().min(1).max(40),
  language,
  /** SHA-256 (hex) of the text exactly as shown; stored with the answer. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  title: z.string(),
  /** Short paragraphs, in the order they are shown. */
  paragraphs: z.array(z.string()),
  /** The question answered by yes or no. */
  ask: z.string(),
});
export type Notice = z.infer<typeof notice>;

/** Keyboard codes (`KeyboardEvent.code`) a big button or pedal may send; all mean the one named action `press`. */
export const bigButtonKeys = z.array(z.string().min(1).max(40)).max(12);

export const boothConfig = z.object({
  event,
  cooperatives: z.array(cooperative),
  notices: z.array(notice),
  bigButtonKeys,
  /** Seconds without a touch before the booth asks « Vous êtes toujours là ? », and from there to the start. */
  idleSeconds: z.int().positive(),
  idleGraceSeconds: z.int().positive(),
});
export type BoothConfig = z.infer<typeof boothConfig>;

/** What the page saw of the microphone, for the hosts' health panel. */
export const microphoneReport = z.object({
  state: z.enum(['working', 'silent', 'lost', 'refused', 'missing', 'fallback']),
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
};
