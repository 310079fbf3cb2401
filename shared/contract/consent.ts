import { z } from 'zod';
import { ageBands, guardianRoles, nameChoices, purposes } from '../domain/consent.ts';
import { instant, language, shortText } from './base.ts';

export const purpose = z.enum(purposes);
export const ageBand = z.enum(ageBands);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Which words an answer was given to: version, language and SHA-256 of them exactly as shown. */
export const shownText = z.object({ textVersion: z.string().min(1).max(40), textSha256: sha256, language });

/** A drawn signature: strokes of points in a box of 1000 × 400, rounded; drawn again for the evidence. */
export const signature = z
  .array(z.array(z.tuple([z.int().min(0).max(1000), z.int().min(0).max(400)])).max(2000))
  .min(1)
  .max(200);
export type Signature = z.infer<typeof signature>;

/** Who authorises a portrait of somebody under 18. */
export const guardian = z.object({
  name: shortText.min(1),
  role: z.enum(guardianRoles),
  signature,
  signedAt: instant,
});
export type Guardian = z.infer<typeof guardian>;

/** What the visitor allows after having listened back: one choice a purpose, none of them made beforehand. */
export const choices = shownText.extend({
  purposes: z.array(purpose).min(1).max(purposes.length),
  nameShown: z.enum(nameChoices),
  /** Only with `nameShown: 'pseudonym'`; else empty. */
  pseudonym: shortText.default(''),
  /** Last local day (YYYY-MM-DD) on which it may be used; `null`: as long as the event's own limit says. */
  until: z.iso.date().nullable().default(null),
  /** E-mail address or telephone number, if the visitor wants to be told something; encrypted at rest, never exported. */
  contact: z.string().max(200).trim().default(''),
  answeredAt: instant,
});
export type Choices = z.infer<typeof choices>;
