/** Most words of a search that count, and the longest one; more is a pasted text, not a search. */
const mostTerms = 12;
const longestTerm = 40;

const token = /[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{Co}\p{M}]*/gu;

/** A word without accents and case; the ligatures French keyboards lack are written out. */
export function foldWord(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('œ', 'oe').replaceAll('æ', 'ae');
}

/** What is typed as single folded words; punctuation only parts them. */
export function searchTerms(typed: string): string[] {
  const words = Array.from(typed.matchAll(token), ([word]) => foldWord(word).slice(0, longestTerm));
  return [...new Set(words)].filter((word) => word !== '').slice(0, mostTerms);
}

/** A stretch of a text, in UTF-16 units. */
export interface TextMark {
  start: number;
  end: number;
}

/** Where words of the text begin with one of the terms: the beginning is marked, as it was typed. In order. */
export function markTerms(text: string, terms: readonly string[]): TextMark[] {
  if (terms.length === 0) return [];
  const marks: TextMark[] = [];
  for (const found of text.matchAll(token)) {
    const [word] = found;
    const folded = foldWord(word);
    const longest = terms.reduce((most, term) => (folded.startsWith(term) ? Math.max(most, term.length) : most), 0);
    if (longest > 0) marks.push({ start: found.index, end: found.index + unfoldedLength(word, longest) });
  }
  return marks;
}

/** How many units of the word its first `length` folded letters take. */
function unfoldedLength(word: string, length: number): number {
  let units = 0;
  let folded = 0;
  for (const letter of word) {
    const more = foldWord(letter).length;
    if (folded >= length && more > 0) break;
    folded += more;
    units += letter.length;
  }
  return units;
}

/** Cuts a text at its marks, for showing: the parts in order, marked or not. */
export function markedParts(text: string, marks: readonly TextMark[]): { text: string; marked: boolean; at: number }[] {
  const parts: { text: string; marked: boolean; at: number }[] = [];
  let at = 0;
  for (const { start, end } of marks) {
    if (start > at) parts.push({ text: text.slice(at, start), marked: false, at });
    if (end > start) parts.push({ text: text.slice(start, end), marked: true, at: start });
    at = Math.max(at, end);
  }
  if (at < text.length) parts.push({ text: text.slice(at), marked: false, at });
  return parts;
}
