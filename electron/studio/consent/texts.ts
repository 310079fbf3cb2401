import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Notice, notice } from '../../../shared/contract/booth.ts';
import { purposes } from '../../../shared/domain/consent.ts';
import { type Language, languages } from '../../../shared/domain/language.ts';

/** A text of today; of an older one only what was shown then. */
const today = notice.omit({ sha256: true });
const older = z.object({
  version: z.string().min(1).max(40),
  language: z.enum(languages),
  title: z.string().min(1),
  paragraphs: z.array(z.string().min(1)).min(1),
  ask: z.string().min(1),
});
type Text = z.infer<typeof today>;

export interface ConsentTextStore {
  keep(text: { version: string; language: string; sha256: string; text: string }): void;
  knows(version: string, language: string, sha256: string): boolean;
}

/** What the event puts into the blanks of the texts. */
export interface TextFilling {
  controller: string;
  /** Empty: the team at the booth. */
  contact: string;
  /** YYYY-MM-DD. */
  until: string;
  keptDays: number;
}

const atTheBooth: Record<Language, string> = {
  fr: 'l’équipe, à la cabine',
  en: 'the team at the booth',
  nl: 'het team aan de cabine',
};

/** The words exactly as shown, one paragraph a line: what the SHA-256 is taken of. */
export function asShown(text: Text): string {
  const { choices, minor } = text;
  return [
    ...askedLines(text),
    ...text.full,
    ...askedLines(minor),
    choices.title,
    choices.lead,
    ...purposes.flatMap((purpose) => [choices.purposes[purpose].label, choices.purposes[purpose].explain]),
    choices.name.name,
    choices.name.pseudonym,
    choices.name.anonymous,
    choices.none,
  ].join('\n');
}

function askedLines({ title, paragraphs, ask }: Pick<Text, 'title' | 'paragraphs' | 'ask'>): string[] {
  return [title, ...paragraphs, ask];
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** `2026-2` before `2026-10`. */
function laterVersion(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

/** Every string of the text with its blanks filled. */
function filled(text: Text, filling: TextFilling): Text {
  const until = new Intl.DateTimeFormat(text.language, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${filling.until}T00:00:00Z`),
  );
  const blanks: Record<string, string> = {
    controller: filling.controller,
    contact: filling.contact || atTheBooth[text.language],
    until,
    keptDays: String(filling.keptDays),
  };
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replace(/\{(\w+)\}/g, (whole, name: string) => blanks[name] ?? whole);
    if (Array.isArray(value)) return value.map(fill);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, fill(entry)]));
  };
  return today.parse(fill(text));
}

/**
 * The texts a visitor is asked with, read from `<dir>/*.json`. The newest version is shown, with the event's names and
 * days in it, and kept for ever in the library as it was shown, so that an answer can always be read with the words it
 * was given to. Older versions stay known. Throws on a file that is not such a text.
 */
export function createConsentTexts(dir: string, store: ConsentTextStore, filling: () => TextFilling) {
  const files = readdirSync(dir)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name): unknown => JSON.parse(readFileSync(join(dir, name), 'utf8')));
  const texts: Text[] = [];
  for (const file of files) {
    const whole = today.safeParse(file);
    if (whole.success) {
      texts.push(whole.data);
      continue;
    }
    const { version, language, ...old } = older.parse(file);
    const text = askedLines(old).join('\n');
    store.keep({ version, language, sha256: sha256Of(text), text });
  }
  const newest = texts
    .map(({ version }) => version)
    .sort(laterVersion)
    .at(-1);
  const shown = texts.filter(({ version }) => version === newest);
  let last: { key: string; notices: Notice[] } | undefined;

  function notices(): Notice[] {
    const now = filling();
    const key = JSON.stringify(now);
    if (last?.key === key) return last.notices;
    const filledIn = shown.map((text) => {
      const whole = filled(text, now);
      const words = asShown(whole);
      const sha256 = sha256Of(words);
      store.keep({ version: whole.version, language: whole.language, sha256, text: words });
      return { ...whole, sha256 };
    });
    last = { key, notices: filledIn };
    return filledIn;
  }
  // Kept before anybody asks: takes that a restored library takes in again, and pages that outlived the studio, name them.
  notices();

  return {
    /** What the booth shows now, in every language. */
    get notices(): Notice[] {
      return notices();
    },
    knows: (version: string, language: string, sha256: string) => store.knows(version, language, sha256),
  };
}
