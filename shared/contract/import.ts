import { z } from 'zod';
import { id, language, shortText } from './base.ts';

/**
 * Bringing a sound file into the library: `PUT /import?title=…&language=fr`, the file as its body and the staff session
 * in its header, as with a call. It becomes a portrait to be reviewed. Nobody has consented to it through the booth: it is
 * unconfirmed, and is published only once a host has recorded the person's consent.
 */
export const importPath = '/import';

/** Largest file, in bytes, and longest sound, in seconds, that is taken. */
export const importLimit = 1024 ** 3;
export const importSeconds = 3 * 3600;

export const importAbout = z.object({ title: shortText.default(''), language: language.default('fr') });
export type ImportAbout = z.infer<typeof importAbout>;

export const imported = z.object({ portraitId: id });

/** Answer to a file that is not taken; HTTP status 400, 403, 405, 413, 415, 503 or 507. */
export const importRefusal = z.object({
  code: z.enum(['INVALID', 'NOT_ALLOWED', 'TOO_LARGE', 'TOO_LONG', 'NOT_A_SOUND', 'NO_FFMPEG', 'DISK_FULL']),
});
export type ImportRefusal = z.infer<typeof importRefusal>;
