import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { writeSound } from './files.ts';
import { level, speak, voiceRate } from './voice.ts';

// What the booth says aloud after the microphone check. Spoken without the typographic forms of the written texts. To
// be replaced by a human voice: put a recording of the same name in the same place.
const prompts = {
  fr: {
    nothingHeard: "Nous n'avons rien entendu. Approchez-vous, et dites votre prénom.",
    tooQuiet: 'Votre voix est un peu loin. Approchez-vous du micro.',
    tooLoud: 'Votre voix est un peu forte. Reculez d’un petit pas.',
    good: 'Parfait, nous vous entendons très bien.',
  },
  en: {
    nothingHeard: 'We did not hear anything. Come closer, and say your first name.',
    tooQuiet: 'Your voice is a little far away. Come closer to the microphone.',
    tooLoud: 'Your voice is a little loud. Take a small step back.',
    good: 'Perfect, we hear you very well.',
  },
  nl: {
    nothingHeard: 'We hebben niets gehoord. Kom wat dichterbij en zeg uw voornaam.',
    tooQuiet: 'Uw stem klinkt wat ver weg. Kom wat dichter bij de microfoon.',
    tooLoud: 'Uw stem klinkt wat luid. Zet een kleine stap achteruit.',
    good: 'Perfect, we horen u heel goed.',
  },
} as const;
const voices = { fr: 'fr+f2', en: 'en-gb+f2', nl: 'nl+f2' } as const;

for (const [language, texts] of Object.entries(prompts)) {
  const folder = fileURLToPath(new URL(`../sounds/voice/${language}/`, import.meta.url));
  await mkdir(folder, { recursive: true });
  for (const [key, text] of Object.entries(texts)) {
    const voice = voices[language as keyof typeof voices];
    const samples = level(await speak(text, { voice, pitch: 45, speed: 150 }), -24);
    await writeSound(`${folder}${key}.mp3`, samples, voiceRate, 'mp3');
  }
}
