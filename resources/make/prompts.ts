import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { languages } from '../../shared/domain/language.ts';
import { readings, readingVersion } from '../../shared/i18n/booth/reading.ts';
import { spoken } from '../../shared/i18n/booth/spoken.ts';
import { writeSound } from './files.ts';
import { level, speak, voiceRate } from './voice.ts';

// What the booth says aloud: after the microphone check, and the texts of consent by a tap. Spoken without the typographic
// forms of the written texts. To be replaced by a human voice: put a recording of the same name in the same place.
const voices = { fr: 'fr+f2', en: 'en-gb+f2', nl: 'nl+f2' } as const;

const folderOf = (path: string) => fileURLToPath(new URL(`../sounds/voice/${path}/`, import.meta.url));
/** What was said when the sounds were made, so that a test sees a text that has changed since. */
const said: Record<string, unknown> = {};

for (const language of languages) {
  const voice = voices[language];
  const folder = folderOf(language);
  await mkdir(folder, { recursive: true });
  for (const [key, text] of Object.entries(spoken[language])) {
    const samples = level(await speak(text, { voice, pitch: 45, speed: 150 }), -24);
    await writeSound(`${folder}${key}.mp3`, samples, voiceRate, 'mp3');
  }

  const source = new URL(`../consent/${readingVersion}.${language}.json`, import.meta.url);
  const texts = readings(JSON.parse(await readFile(source, 'utf8')), language);
  said[language] = texts;
  const reading = folderOf(`${language}/${readingVersion}`);
  await mkdir(reading, { recursive: true });
  for (const [key, text] of Object.entries(texts)) {
    const samples = level(await speak(text, { voice, pitch: 45, speed: 150 }), -24);
    await writeSound(`${reading}${key}.mp3`, samples, voiceRate, 'reading');
  }
}
await writeFile(`${folderOf('.')}readings.json`, `${JSON.stringify(said, null, 2)}\n`);
