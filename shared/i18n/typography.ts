import type { Language } from '../domain/language.ts';

const narrow = '\u202f';

/**
 * Sets a text as its language is printed. French: narrow no-break space before ? ! ; : and inside « », typographic
 * apostrophes and ellipses. Others: the last two. Safe to apply twice; addresses and times (12:30, 11 h 42) stay as they are.
 */
export function typeset(text: string, language: Language): string {
  const common = text.replaceAll('...', '…').replace(/(\p{L})'(?=\p{L})/gu, '$1’');
  if (language !== 'fr') return common;
  return (
    common
      // A row of blanks is looked at from its beginning alone.
      .replace(/(?<![ \u00a0\u202f])[ \u00a0\u202f]+(?=[?!;»:])/g, narrow)
      .replace(/(?<![\u202f?!])(?=[?!])|(?<!\u202f)(?=[;»])/g, narrow)
      .replace(/«[ \u00a0\u202f]*/g, `«${narrow}`)
      .replace(/(\d) (?=\p{L})/gu, '$1\u00a0')
      .replace(/(\d)[ \u00a0](?=(?:s|min|h)\b(?![ \u00a0]\d))/g, `$1${narrow}`)
  );
}
