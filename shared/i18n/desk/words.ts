import type { Language } from '../../domain/language.ts';
import { type Say, speak } from '../words.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';
import { nl } from './nl.ts';

export type DeskSay = Say<typeof fr>;
export type DeskKey = keyof typeof fr;

/** The desk's words in one language. */
export function deskWords(language: Language): DeskSay {
  return speak({ fr, en, nl }, language);
}
