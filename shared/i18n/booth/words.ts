import { en } from './en.ts';
import { fr } from './fr.ts';
import { nl } from './nl.ts';

export const boothWords = { fr, en, nl };
export type BoothKey = keyof typeof fr;
