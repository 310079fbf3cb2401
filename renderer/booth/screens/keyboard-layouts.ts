import type { Language } from '../../../shared/domain/language.ts';

type Rows = readonly string[];

/** Letters as people of that language know them, and the accents their names need, without a second layer. */
const letters: Record<Language, Rows> = {
  fr: [
    'é è ê ë à â ç î ï ô û ù',
    'a z e r t y u i o p',
    'q s d f g h j k l m',
    '{shift} w x c v b n ’ - {bksp}',
    '{space}',
  ],
  en: [
    'é è ê ë á à ä ç ï ö ü ñ',
    'q w e r t y u i o p',
    'a s d f g h j k l ’',
    '{shift} z x c v b n m - {bksp}',
    '{space}',
  ],
  nl: [
    'é è ê ë á ä ï í ó ö ü ç',
    'q w e r t y u i o p',
    'a s d f g h j k l ’',
    '{shift} z x c v b n m - {bksp}',
    '{space}',
  ],
};

export type KeyboardKind = 'name' | 'contact';

/** An address or a number needs digits and a few signs, and no accents. */
const contactRows = { above: '1 2 3 4 5 6 7 8 9 0', below: '@ . _ - +' };

/** The same letters with digits above them and the signs of an address below. */
function forContact(rows: Rows): Rows {
  const [, ...rest] = rows;
  const plain = rest.slice(0, -1).map((row) => row.replace(/ [’-](?= |$)/g, ''));
  return [contactRows.above, ...plain, contactRows.below];
}

function upper(row: string): string {
  return row.replace(/(^| )(\p{L})(?= |$)/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
}

/** The two layers of simple-keyboard: `default` and `shift`. */
export function keyboardLayout(
  language: Language,
  kind: KeyboardKind = 'name',
): { default: string[]; shift: string[] } {
  const rows = kind === 'contact' ? forContact(letters[language]) : letters[language];
  return { default: [...rows], shift: rows.map(upper) };
}

/** A capital is offered where a name begins. */
export function wantsCapital(value: string): boolean {
  return value === '' || /[\s-]$/.test(value);
}

/** What a key does to a text whose caret, or selection, goes from `from` to `to`. Answers the text and the caret. */
export function typeKey(value: string, from: number, to: number, key: string): { value: string; caret: number } {
  if (key === '{bksp}') {
    // One character as people count them, also where it is two UTF-16 units.
    const last = Array.from(value.slice(0, from)).at(-1) ?? '';
    const start = from === to ? from - last.length : from;
    return { value: value.slice(0, start) + value.slice(to), caret: start };
  }
  const text = key === '{space}' ? ' ' : key.startsWith('{') ? '' : key;
  return { value: value.slice(0, from) + text + value.slice(to), caret: from + text.length };
}
