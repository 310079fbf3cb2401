import { oc } from '@orpc/contract';
import { z } from 'zod';
import { longestCue, mostCues } from '../domain/captions.ts';
import { largestGainDb, mostCuts, mostMarkers } from '../domain/edit.ts';
import { languages } from '../domain/language.ts';
import { nameLimit, portraitStates } from '../domain/portrait.ts';
import { formats, warnings } from '../domain/sound.ts';

/** Who may call. A host may do what a visitor may, an organiser what a host may. */
export const roles = ['visitor', 'host', 'organiser'] as const;
export type Role = (typeof roles)[number];

export interface CallMeta {
  role: Role;
  /** A visitor's call that a desk on the network needs before it has a session; every other is refused there. */
  network?: boolean;
  /** It speaks of folders, programs or devices of the booth's machine: answered at the booth itself, never on the network. */
  here?: boolean;
}

/** What was asked can be done at the booth itself alone; `what` names the fields it is about. */
export const hereErrors = { HERE_ONLY: { status: 403, data: z.object({ what: z.array(z.string()) }) } } as const;

/** Errors every call above the visitor's may answer. */
const staffErrors = {
  /** No session, an expired one, or a role too low. */
  NOT_ALLOWED: { status: 403, data: z.object({ needs: z.enum(roles) }) },
} as const;

const call = oc.$meta<CallMeta>({ role: 'organiser' });
/** Calls the booth's page makes for a visitor, without a session. */
export const visitorCall = call.meta({ role: 'visitor' });
/** Calls that need a host's session. */
export const hostCall = call.meta({ role: 'host' }).errors(staffErrors);
/** Calls that need an organiser's session. */
export const organiserCall = call.meta({ role: 'organiser' }).errors(staffErrors);

// Schemas used by more than one area.

export const id = z.uuid();
export const instant = z.iso.datetime();
export const language = z.enum(languages);
export const portraitState = z.enum(portraitStates);
export const warning = z.enum(warnings);
export const format = z.enum(formats);
export const shortText = z.string().max(nameLimit).trim();
export const longText = z.string().max(4000);
/** Number of frames, chunks, revisions, bytes. */
export const count = z.int().min(0);
export const seconds = z.number().min(0).max(86_400);
export const empty = z.object({});

export const localisedText = z.object({
  fr: z.string().min(1).max(500),
  en: z.string().max(500).optional(),
  nl: z.string().max(500).optional(),
});

export const speaker = z.object({
  firstName: shortText,
  trade: shortText,
  cooperativeId: z.string().max(60).nullable(),
});

/** One passage of a transcript: seconds of the master. */
export const cue = z.object({ start: seconds, end: seconds, text: z.string().max(longestCue) });
export const transcript = z.object({
  language,
  /** Who wrote it: a person, or a local engine (and then nobody has read it through yet). */
  origin: z.enum(['typed', 'imported', 'engine']),
  /** A host has read it through; only then it may leave the house. */
  checked: z.boolean(),
  cues: z.array(cue).max(mostCues),
});
export type Transcript = z.infer<typeof transcript>;

export const peaks = z.object({ rate: z.number().positive(), values: z.array(z.int().min(-128).max(127)) });
/** The same as bytes in base64 (`packPeaks`). */
export const packedPeaks = z.object({ rate: z.number().positive(), bytes: z.string() });

export const edges = z.object({ start: seconds, end: seconds });

export const soundAnalysis = z.object({
  duration: seconds,
  loudness: z.object({ integrated: z.number().nullable(), truePeak: z.number().nullable(), range: z.number() }),
  floorDb: z.number(),
  speechDb: z.number(),
  speech: edges.nullable(),
  speechSeconds: seconds,
  warnings: z.array(warning),
  gaps: z.array(z.object({ at: seconds, seconds })).optional(),
});

export const verdict = z.object({ analysis: soundAnalysis, gainDb: z.number(), trim: edges });

/** The defaults let an edit stored by an older version be read. */
export const edit = z.object({
  in: seconds,
  out: seconds,
  fadeIn: seconds,
  fadeOut: seconds,
  cuts: z.array(edges).max(mostCuts).default([]),
  gainDb: z.number().min(-largestGainDb).max(largestGainDb).default(0),
  cleanUp: z
    .object({ highPass: z.boolean(), hum: z.boolean(), noise: z.boolean() })
    .default({ highPass: false, hum: false, noise: false }),
  markers: z
    .array(z.object({ at: seconds, word: shortText.min(1) }))
    .max(mostMarkers)
    .default([]),
});
