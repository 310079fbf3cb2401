import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { spoken } from '../../shared/i18n/booth/spoken.ts';
import { writeSound } from './files.ts';
import { level, speak, voiceRate } from './voice.ts';

// What the booth says aloud after the microphone check. Spoken without the typographic forms of the written texts. To
// be replaced by a human voice: put a recording of the same name in the same place.
const voices = { fr: 'fr+f2', en: 'en-gb+f2', nl: 'nl+f2' } as const;

for (const [language, texts] of Object.entries(spoken)) {
  const folder = fileURLToPath(new URL(`../sounds/voice/${language}/`, import.meta.url));
  await mkdir(folder, { recursive: true });
  for (const [key, text] of Object.entries(texts)) {
    const voice = voices[language as keyof typeof voices];
    const samples = level(await speak(text, { voice, pitch: 45, speed: 150 }), -24);
    await writeSound(`${folder}${key}.mp3`, samples, voiceRate, 'mp3');
  }
}
