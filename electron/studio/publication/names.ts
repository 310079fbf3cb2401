import type { ExportPlan } from '../../../shared/domain/batch.ts';
import { withoutEnds } from '../../../shared/domain/ends.ts';

/** Letters that lose more than an accent on their way to ASCII. */
const letters: Record<string, string> = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', đ: 'd', ł: 'l', ð: 'd', þ: 'th', ı: 'i' };

/** A text as part of a file name: lower-case ASCII letters, digits and single hyphens; may come out empty. */
export function plainName(text: string, most = 48): string {
  const hyphened = text
    .toLowerCase()
    .replace(/[œæßøđłðþı]/g, (letter) => letters[letter] ?? '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, most);
  return withoutEnds(hyphened, '-');
}

/**
 * Names of the portraits' files, without ending: place, title, and a piece of the id that keeps two of the same title
 * apart. Never the visitor's code, which lets its holder withdraw the portrait.
 */
export function planOf(portraits: readonly { id: string; title: string }[]): ExportPlan {
  const digits = Math.max(2, String(portraits.length).length);
  return portraits.map(({ id, title }, index) => {
    const place = String(index + 1).padStart(digits, '0');
    return { portraitId: id, name: [place, plainName(title), id.slice(-6)].filter((part) => part !== '').join('-') };
  });
}

/** Name of a batch's folder or ZIP. The beginning keeps clear of names that Windows has taken (`con`, `nul`). */
export function batchName(name: string): string {
  return ['lot', plainName(name)].filter((part) => part !== '').join('-');
}
