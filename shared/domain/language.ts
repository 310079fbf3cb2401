/** The interface's languages; French is complete and first. */
export const languages = ['fr', 'en', 'nl'] as const;
export type Language = (typeof languages)[number];

/** A text in every language of the interface; French is always there, the others may be empty. */
export type Localised = { fr: string } & { [Other in Language]?: string | undefined };

/** The text in the language asked for, or in French where there is none. */
export function localised(text: Localised, language: Language): string {
  return text[language] || text.fr;
}
