import { z } from 'zod';
import { purposes } from '../domain/consent.ts';
import { stripBars } from '../domain/strip.ts';
import { count, id, instant, language, portraitState, seconds, speaker, warning } from './base.ts';

/** One line of the hosts' list. */
export const portraitRow = z.object({
  id,
  state: portraitState,
  /** Raised by every change; a change names the revision it was made from. */
  revision: count,
  title: z.string(),
  speaker,
  cooperative: z.string().nullable(),
  question: z.string(),
  language,
  /** Length of the edit in seconds (of the take while there is no edit). */
  duration: z.number(),
  /** Loudness of the take in LUFS; `null` for silence and for what was not measured. */
  loudness: z.number().nullable(),
  warnings: z.array(warning),
  /** The take was cut short by a crash and repaired. */
  recovered: z.boolean(),
  /** The visitor tapped « garder »; otherwise a host has to vouch for their agreement. */
  confirmed: z.boolean(),
  /** What the visitor allows, at a glance; the gate alone decides. */
  consent: z.object({
    purposes: z.array(z.enum(purposes)),
    confirmed: z.boolean(),
    minor: z.boolean(),
    /** Withdrawn on a site: the first local day on which it is no longer kept, unless a host undoes it. */
    erasesOn: z.iso.date().optional(),
  }),
  tags: z.array(z.string()),
  /** Stars, 0 for none yet. */
  rating: z.int().min(0).max(5),
  hasTranscript: z.boolean(),
  recordedAt: instant,
  code: z.string().nullable(),
  /** The take as a small waveform, one letter a bar; empty while it has no peaks. */
  strip: z.string().max(stripBars),
  /** Seconds of the master: its length, and the part the edit keeps. */
  sound: z.object({ whole: seconds, from: seconds, to: seconds }).nullable(),
});
export type PortraitRow = z.infer<typeof portraitRow>;
