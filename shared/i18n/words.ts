import type { Language } from '../domain/language.ts';
import { typeset } from './typography.ts';

/** Names of the blanks in a text: `'{n} secondes'` has `n`. */
export type Blanks<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Blanks<Rest>
  : never;

type Filling<Text extends string> = [Blanks<Text>] extends [never]
  ? []
  : [blanks: { [Name in Blanks<Text>]: string | number }];

/** The same keys as the French words, which are the measure for every other language. */
export type Words<French> = { readonly [Key in keyof French]: string };

/** Says a key's text in one language, with its blanks filled; wrong keys or missing blanks do not compile. */
export type Say<French extends Record<string, string>> = <Key extends keyof French>(
  key: Key,
  ...blanks: Filling<French[Key]>
) => string;

/** `words` hold the texts of one area of the interface in every language. */
export function speak<French extends Record<string, string>>(
  words: Record<Language, Words<French>>,
  language: Language,
): Say<French> {
  return (key, ...[blanks]) => {
    const filled = words[language][key].replace(/\{(\w+)\}/g, (_, name: string) =>
      String((blanks as Record<string, string | number> | undefined)?.[name] ?? ''),
    );
    return typeset(filled, language);
  };
}
