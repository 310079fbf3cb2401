import type { Language } from '../../../shared/domain/language.ts';

type Rows = readonly string[];

/**
 * Letters as people of that language know them, below the ten accents their names need most. Ten keys a row, so that a
 * finger finds each on the narrowest screen; what is rarer lies behind `{more}`.
 */
const letters: Record<Language, { accents: string; rows: Rows }> = {
  fr: {
    accents: 'é è ê ë à â ç î ï ô',
    rows: ['a z e r t y u i o p', 'q s d f g h j k l m', '{shift} w x c v b n ’ - {bksp}'],
  },
  en: {
    accents: 'é è ê ë á à ç ï ö ü',
    rows: ['q w e r t y u i o p', 'a s d f g h j k l ’', '{shift} z x c v b n m - {bksp}'],
  },
  nl: {
    accents: 'é è ê ë á ä ç ï ó ö',
    rows: ['q w e r t y u i o p', 'a s d f g h j k l ’', '{shift} z x c v b n m - {bksp}'],
  },
};

/** Every letter of our neighbours' names that is not on the keys already, the most frequent first. */
const accents = [...'éèêëàâçîïôûùüœæÿáíóúñöäãõåøßłš'];
const digits = '1 2 3 4 5 6 7 8 9 0';
const signs = '{shift} . , ’ - & @ / + {bksp}';

export type KeyboardKind = 'name' | 'contact';

/** Three rows of what is not on the keys already, the digits before the other letters; then signs. */
function more(shown: string): Rows {
  const others = [...digits.split(' '), ...accents].filter((sign) => !shown.includes(sign));
  const row = (from: number) => others.slice(from, from + 10).join(' ');
  return [row(0), row(10), row(20), signs, '{letters} {space}'];
}

function upper(row: string): string {
  return row.replace(
    /(^| )(\p{L})(?= |$)/gu,
    (_, before: string, letter: string) => before + (letter === 'ß' ? 'ẞ' : letter.toUpperCase()),
  );
}

/** The layers of simple-keyboard: letters, and behind `{more}` what is rarer, each small and in capitals. */
export const layers = ['default', 'shift', 'more', 'moreShift'] as const;

export function keyboardLayout(
  language: Language,
  kind: KeyboardKind = 'name',
): Record<(typeof layers)[number], string[]> {
  const { accents: own, rows } = letters[language];
  // An address or a number needs digits and a few signs at once, and accents hardly ever.
  const first = kind === 'contact' ? digits : own;
  const last = kind === 'contact' ? '{more} @ . _ - + {space}' : '{more} {space}';
  const plain = rows.map((row) => (kind === 'contact' ? row.replace(/ [’-](?= |$)/g, '') : row));
  const small = [first, ...plain, last];
  const rare = more(first);
  return { default: small, shift: small.map(upper), more: [...rare], moreShift: rare.map(upper) };
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
