import { z } from 'zod';
import { importRefusals } from '../domain/importing.ts';
import { id, language, shortText } from './base.ts';

/**
 * Bringing a sound file into the library: `PUT /import?title=…&language=fr`, the file as its body and the staff session
 * in its header, as with a call. It becomes a portrait to be reviewed. Nobody has consented to it through the booth: it is
 * unconfirmed, and is published only once a host has recorded the person's consent.
 */
export const importAbout = z.object({ title: shortText.default(''), language: language.default('fr') });
export type ImportAbout = z.infer<typeof importAbout>;

export const imported = z.object({ portraitId: id });

/** Answer to a file that is not taken; HTTP status 400, 403, 405, 413, 415, 503 or 507. */
export const importRefusal = z.object({
  code: z.enum(importRefusals),
});
export type ImportRefusal = z.infer<typeof importRefusal>;
