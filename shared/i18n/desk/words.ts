import type { Language } from '../../domain/language.ts';
import { type Say, speak } from '../words.ts';
import { aimingWords } from './aiming.ts';
import { batchesWords } from './batches.ts';
import { clockWords } from './clock.ts';
import { consentWords } from './consent.ts';
import { devicesWords } from './devices.ts';
import { draftsWords } from './drafts.ts';
import { editorWords } from './editor.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';
import { importingWords } from './importing.ts';
import { inboxWords } from './inbox.ts';
import { journalWords } from './journal.ts';
import { networkWords } from './network.ts';
import { nl } from './nl.ts';
import { placesWords } from './places.ts';
import { siteWords } from './sites.ts';
import { staffWords } from './staff.ts';
import { ticketsWords } from './tickets.ts';
import { wordingWords } from './wording.ts';

/** An area with many words of its own has a file of its own here, `{ fr, en, nl }`; no key may stand in two of them. */
export const deskAreas = [
  { fr, en, nl },
  aimingWords,
  batchesWords,
  clockWords,
  consentWords,
  draftsWords,
  devicesWords,
  editorWords,
  importingWords,
  inboxWords,
  journalWords,
  networkWords,
  placesWords,
  siteWords,
  staffWords,
  ticketsWords,
  wordingWords,
];

/** Every word of the desk. */
export const deskTexts = {
  fr: {
    ...fr,
    ...aimingWords.fr,
    ...batchesWords.fr,
    ...clockWords.fr,
    ...consentWords.fr,
    ...draftsWords.fr,
    ...devicesWords.fr,
    ...editorWords.fr,
    ...importingWords.fr,
    ...inboxWords.fr,
    ...journalWords.fr,
    ...networkWords.fr,
    ...placesWords.fr,
    ...siteWords.fr,
    ...staffWords.fr,
    ...ticketsWords.fr,
    ...wordingWords.fr,
  },
  en: {
    ...en,
    ...aimingWords.en,
    ...batchesWords.en,
    ...clockWords.en,
    ...consentWords.en,
    ...draftsWords.en,
    ...devicesWords.en,
    ...editorWords.en,
    ...importingWords.en,
    ...inboxWords.en,
    ...journalWords.en,
    ...networkWords.en,
    ...placesWords.en,
    ...siteWords.en,
    ...staffWords.en,
    ...ticketsWords.en,
    ...wordingWords.en,
  },
  nl: {
    ...nl,
    ...aimingWords.nl,
    ...batchesWords.nl,
    ...clockWords.nl,
    ...consentWords.nl,
    ...draftsWords.nl,
    ...devicesWords.nl,
    ...editorWords.nl,
    ...importingWords.nl,
    ...inboxWords.nl,
    ...journalWords.nl,
    ...networkWords.nl,
    ...placesWords.nl,
    ...siteWords.nl,
    ...staffWords.nl,
    ...ticketsWords.nl,
    ...wordingWords.nl,
  },
};
type French = (typeof deskTexts)['fr'];

export type DeskSay = Say<French>;
export type DeskKey = keyof French;

/** The desk's words in one language. */
export function deskWords(language: Language): DeskSay {
  return speak<French>(deskTexts, language);
}
