import { type NameChoice, type Purpose, purposes } from '../../domain/consent.ts';
import type { Language } from '../../domain/language.ts';
import { boothWords } from './words.ts';

/** The version of the consent texts that stands as sound; another one is shown without being read aloud. */
export const readingVersion = '2026-2';

/** What is read aloud by a tap: the notice, what a guardian reads, and the choices, each purpose by itself. */
export const readingKeys = ['notice', 'minor', 'choices', ...purposes, 'confirm'] as const;
export type ReadingKey = (typeof readingKeys)[number];

/** The words of a text as it lies in `resources/consent`, its blanks not filled in. */
export interface ReadableText {
  title: string;
  paragraphs: readonly string[];
  ask: string;
  minor: { title: string; paragraphs: readonly string[]; ask: string };
  choices: {
    title: string;
    lead: string;
    purposes: Record<Purpose, { label: string; explain: string }>;
    name: Record<NameChoice, string>;
  };
}

/** A sound made beforehand cannot say the event's own names; these say the same to somebody who listens. */
const collective: Record<Language, string> = { fr: 'le collectif', en: 'the collective', nl: 'het collectief' };
const confirming: Record<Language, string> = {
  fr: 'Touchez chaque usage que vous acceptez, puis : autoriser. Si vous n’en touchez aucun, rien n’est gardé.',
  en: 'Touch each use that you accept, then: allow. If you touch none, nothing is kept.',
  nl: 'Tik elk gebruik aan dat u aanvaardt, dan: toestaan. Tikt u niets aan, dan wordt niets bewaard.',
};

/** A written text as it is said: without the typographic forms (« légal·e »), with a name for the blank. */
export function asSpoken(text: string, language: Language): string {
  const whole = language === 'fr' ? text.replace(/\bde \{controller\}/g, 'du collectif') : text;
  const named = whole.replaceAll('{controller}', collective[language]);
  const said = named.replace(/·es\b/gu, 's').replace(/·\p{L}+/gu, '');
  return said.replace(/(^|[.!?] )(\p{Ll})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
}

/** What is said for each key. */
export function readings(text: ReadableText, language: Language): Record<ReadingKey, string> {
  const words = boothWords[language];
  const say = (...parts: readonly string[]) =>
    parts
      .map((part) => asSpoken(part, language))
      .map((part) => (/[.!?]$/.test(part) ? part : `${part}.`))
      .join(' ');
  const answers = [words['notice.yes'], words['notice.minor'], words['notice.no']];
  const each = purposes.map((purpose) => {
    const { label, explain } = text.choices.purposes[purpose];
    return [purpose, say(label, explain)] as const;
  });
  return {
    notice: say(text.title, ...text.paragraphs, text.ask, ...answers),
    minor: say(text.minor.title, ...text.minor.paragraphs, text.minor.ask),
    choices: say(text.choices.title, text.choices.lead),
    confirm: say(confirming[language]),
    ...(Object.fromEntries(each) as Record<Purpose, string>),
  };
}

/** Address on the door. */
export function readingPath(language: Language, key: ReadingKey): string {
  return `/sounds/voice/${language}/${readingVersion}/${key}.mp3`;
}
