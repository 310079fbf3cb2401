import { codeLength, olderCodeLength } from '../../../shared/domain/code.ts';
import { searchTerms, type TextMark } from '../../../shared/domain/search.ts';

/** Private letters that stand round a match in SQLite's excerpt; no text is written with them. */
const [opens, closes] = ['\uE000', '\uE001'];
/** Words of an excerpt: about two lines of the list, so that the match is in sight. */
const excerptWords = 9;

/** Columns of `portrait_words` that a row of the list does not show anyway, most telling first. */
export const hiddenFields = ['transcript', 'text', 'notes', 'code'] as const;
export type HiddenField = (typeof hiddenFields)[number];
const columnOf: Record<HiddenField, number> = { code: 4, text: 5, notes: 6, transcript: 7 };

/** Ligatures that may be meant: whole, or begun by the last letter typed. */
const ligature = /oe|ae|[oa]$/g;
const ligatures: Record<string, string> = { oe: 'œ', ae: 'æ', o: 'œ', a: 'æ' };
/** More of them than this in one word are all taken for the same. */
const mostLigatures = 3;

/** Every way the index may have a folded word: it knows ligatures as letters of their own. */
function spellings(term: string): string[] {
  const places = [...term.matchAll(ligature)];
  const written = (asLigature: (place: number) => boolean) => {
    let place = 0;
    return term.replace(ligature, (letters) => (asLigature(place++) ? (ligatures[letters] ?? letters) : letters));
  };
  if (places.length > mostLigatures) return [term, written(() => true)];
  return Array.from({ length: 2 ** places.length }, (_, way) => written((place) => ((way >> place) & 1) === 1));
}

/** A portrait's code typed without its dash: two words for the index. */
function codeOf(term: string): string[] {
  return [codeLength, olderCodeLength].flatMap((length) => {
    const half = length / 2;
    if (term.length <= half || term.length > length) return [];
    return [`code : "${term.slice(0, half)} ${term.slice(half)}" *`];
  });
}

/**
 * What is typed as questions to the full-text index, one a word: each begins a word of the portrait. Terms are letters
 * and digits alone, so nothing typed is taken for an operator.
 */
export function matchExpressions(typed: string): string[] {
  return searchTerms(typed).map((term) => {
    const ways = [...spellings(term).map((word) => `"${word}" *`), ...codeOf(term)];
    return `(${ways.join(' OR ')})`;
  });
}

/** The same without the code's spelling, for an index that has no codes. */
export function tagExpressions(typed: string): string[] {
  return searchTerms(typed).map((term) =>
    spellings(term)
      .map((word) => `"${word}" *`)
      .join(' OR '),
  );
}

/** SQL that answers a row's excerpts of the hidden fields, named as they are. */
export const excerptColumns = hiddenFields
  .map(
    (field) => `snippet(portrait_words, ${columnOf[field]}, '${opens}', '${closes}', '…', ${excerptWords}) AS ${field}`,
  )
  .join(', ');

/** An excerpt as plain text and the places of its matches; `null` when nothing in it matches. */
export function readExcerpt(excerpt: string): { text: string; marks: TextMark[] } | null {
  const marks: TextMark[] = [];
  let text = '';
  let start = -1;
  for (const part of excerpt.split(/([\uE000\uE001])/u)) {
    if (part === opens) start = text.length;
    else if (part === closes) {
      if (start >= 0 && text.length > start) marks.push({ start, end: text.length });
      start = -1;
    } else text += part;
  }
  return marks.length === 0 ? null : { text, marks };
}
