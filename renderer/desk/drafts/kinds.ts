import type { TranscriptDraft } from '../words/cue-rows.ts';
import { refreshed } from '../words/cue-rows.ts';

/** How a kind of draft is written down. A kind that is not named here lives in the page alone. */
interface Kind {
  /** Its name ends with the id of the portrait it is about. */
  aboutPortrait?: true;
  /** Parts that are never written down. */
  without?: readonly string[];
  /** Portraits its value names. */
  subjects?(value: unknown): string[];
  /** Makes the value what it was; what JSON gives back by default. */
  revive?(value: unknown): unknown;
}

/**
 * Everything a host writes that is worth more than a word. Left out on purpose: passwords and PINs; what is searched for;
 * a withdrawal's choices, which are made anew every time; a code that takes a portrait down; montages, which are stored
 * step by step.
 */
const kinds = {
  words: { aboutPortrait: true },
  tagging: { aboutPortrait: true },
  transcript: { aboutPortrait: true, revive: (value) => refreshed(value as TranscriptDraft) },
  captions: { aboutPortrait: true },
  record: { aboutPortrait: true },
  'bulk-tags': { subjects: (value) => (value as { portraitIds: string[] }).portraitIds },
  batch: {},
  'new-batch': {},
  'new-event': {},
  destination: { without: ['password'] },
  member: { without: ['pin'] },
  tag: {},
  'settings-event': {},
  'settings-words': {},
  'settings-booth': {},
  'settings-sound': {},
  'settings-idle': {},
  'settings-ticket-printer': {},
} as const satisfies Record<string, Kind>;
export type KindName = keyof typeof kinds;

const uuid = /-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Kind and thing of a draft, by its name; undefined for what is not kept. */
export function kindOf(name: string): { kind: KindName; thing: string | null } | undefined {
  if (name in kinds) return { kind: name as KindName, thing: null };
  const thing = uuid.exec(name)?.[1] ?? name.slice(name.lastIndexOf('-') + 1);
  const kind = name.slice(0, -thing.length - 1);
  return kind in kinds ? { kind: kind as KindName, thing } : undefined;
}

const rulesOf = (kind: KindName): Kind => kinds[kind];

/** A value as it is written down, and the portraits it is about; undefined where it is not. */
export function writtenDown(name: string, value: unknown): { value: string; subjects: string[] } | undefined {
  const known = kindOf(name);
  if (known === undefined) return undefined;
  const { aboutPortrait, without = [], subjects } = rulesOf(known.kind);
  const text = JSON.stringify(value, (key, inner: unknown) => (without.includes(key) ? undefined : inner));
  if (text === undefined) return undefined;
  const about = aboutPortrait && known.thing !== null ? [known.thing] : (subjects?.(value) ?? []);
  return { value: text, subjects: about };
}

/** The value again; undefined where it cannot be read (an older version wrote it, say). */
export function readAgain(name: string, text: string): unknown {
  const known = kindOf(name);
  if (known === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return rulesOf(known.kind).revive?.(value) ?? value;
  } catch {
    return undefined;
  }
}
