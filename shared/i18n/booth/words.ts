import { consentWords } from './consent.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';
import { nl } from './nl.ts';

export const boothWords = {
  fr: { ...fr, ...consentWords.fr },
  en: { ...en, ...consentWords.en },
  nl: { ...nl, ...consentWords.nl },
};
export type BoothKey = keyof (typeof boothWords)['fr'];
