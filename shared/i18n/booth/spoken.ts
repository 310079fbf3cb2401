import type { Language } from '../../domain/language.ts';

/** What the booth says aloud at the microphone check; written to be heard, so without any typographic form. */
export const spokenKeys = ['nothingHeard', 'tooQuiet', 'tooLoud', 'good'] as const;
export type SpokenKey = (typeof spokenKeys)[number];

export const spoken: Record<Language, Record<SpokenKey, string>> = {
  fr: {
    nothingHeard: 'On n’entend rien. Parlez tout près du micro.',
    tooQuiet: 'On vous entend à peine. Approchez-vous du micro.',
    tooLoud: 'C’est un peu fort. Reculez-vous un peu.',
    good: 'Parfait, on vous entend très bien.',
  },
  en: {
    nothingHeard: 'We hear nothing. Speak close to the microphone.',
    tooQuiet: 'We can hardly hear you. Come closer to the microphone.',
    tooLoud: 'That is a bit loud. Step back a little.',
    good: 'Perfect, we hear you very well.',
  },
  nl: {
    nothingHeard: 'We horen niets. Spreek dicht bij de microfoon.',
    tooQuiet: 'We horen u amper. Kom dichter bij de microfoon.',
    tooLoud: 'Dat is wat luid. Ga een beetje achteruit.',
    good: 'Perfect, we horen u heel goed.',
  },
};

/** Address of a spoken text on the door. */
export function spokenPath(language: Language, key: SpokenKey): string {
  return `/sounds/voice/${language}/${key}.mp3`;
}
