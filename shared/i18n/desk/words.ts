import type { Language } from '../../domain/language.ts';
import { type Say, speak } from '../words.ts';
import { editorWords } from './editor.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';
import { nl } from './nl.ts';

/** Every word of the desk. An area with many words of its own has a file of its own here, `{ fr, en, nl }`. */
export const deskTexts = {
  fr: { ...fr, ...editorWords.fr },
  en: { ...en, ...editorWords.en },
  nl: { ...nl, ...editorWords.nl },
};
type French = (typeof deskTexts)['fr'];

export type DeskSay = Say<French>;
export type DeskKey = keyof French;

/** The desk's words in one language. */
export function deskWords(language: Language): DeskSay {
  return speak<French>(deskTexts, language);
}
