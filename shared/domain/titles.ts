import type { Language } from './language.ts';
import { nameLimit } from './portrait.ts';

/** What a title may be made of. */
export interface TitleParts {
  /** The name that may be shown: a first name, a pseudonym, or `null` for somebody who stays anonymous. */
  publicName: string | null;
  trade: string;
  cooperative: string | null;
  question: string;
  language: Language;
}

/** Sentences without a gender, and without a word that would have to agree with the name of a cooperative. */
const frames: Record<Language, { at: string; voice: string; answer: string; nobody: string }> = {
  fr: {
    at: '{who} chez {cooperative}',
    voice: 'Une voix, chez {cooperative}',
    answer: '{who} : « {question} »',
    nobody: '« {question} »',
  },
  en: {
    at: '{who} at {cooperative}',
    voice: 'A voice from {cooperative}',
    answer: '{who}: “{question}”',
    nobody: '“{question}”',
  },
  nl: {
    at: '{who} bij {cooperative}',
    voice: 'Een stem bij {cooperative}',
    answer: '{who}: „{question}”',
    nobody: '„{question}”',
  },
};

const fill = (text: string, parts: Record<string, string>) =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => parts[name] ?? '');

const capital = (text: string) => text.charAt(0).toLocaleUpperCase('fr') + text.slice(1);

/**
 * The title a portrait has until a host writes one: what is known of the speaker, in French order. Empty when nothing
 * may be said. Of somebody anonymous it says the trade or the cooperative, never both.
 */
export function suggestTitle({
  publicName,
  trade,
  cooperative,
}: Pick<TitleParts, 'publicName' | 'trade' | 'cooperative'>): string {
  const known = [publicName ?? '', trade, cooperative ?? ''].map((part) => part.trim()).filter((part) => part !== '');
  return (publicName === null ? known.slice(0, 1) : known).join(', ');
}

/**
 * Two or three titles a host may take as they are, the plainest first; fewer when little is known. Somebody anonymous is
 * never named, and their trade never stands beside their cooperative: the two together may be enough to know them.
 */
export function suggestTitles(parts: TitleParts): string[] {
  const frame = frames[parts.language];
  const name = parts.publicName?.trim() ?? '';
  const trade = parts.trade.trim();
  const cooperative = parts.cooperative?.trim() ?? '';
  const question = parts.question.trim();
  const anonymous = parts.publicName === null;
  const titles: string[] = [];
  if (name !== '' && trade !== '') titles.push(`${name}, ${trade}`);
  else if (name !== '' && cooperative !== '') titles.push(fill(frame.at, { who: name, cooperative }));
  else if (name !== '' || trade !== '') titles.push(name || capital(trade));
  if (question !== '') {
    const who = name || (anonymous ? '' : capital(trade));
    titles.push(fill(who === '' ? frame.nobody : frame.answer, { who, question }));
  }
  if (cooperative !== '') {
    if (name !== '' && trade !== '') titles.push(fill(frame.at, { who: `${name}, ${trade},`, cooperative }));
    else if (name === '' && trade !== '' && !anonymous)
      titles.push(fill(frame.at, { who: capital(trade), cooperative }));
    else if (name === '') titles.push(fill(frame.voice, { cooperative }));
  }
  return [...new Set(titles)].filter((title) => title.length <= nameLimit).slice(0, 3);
}
