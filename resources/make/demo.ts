import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { writeSound } from './files.ts';
import { type DemoPortrait, portraits } from './portraits.ts';
import { hallNoise, lay, level, speak, voiceRate } from './voice.ts';

// The portraits of `--demo`: booth-like recordings with the hall around them and, in some, a flaw.
const speechDb = { none: -25, tooShort: -25, noisy: -27, tooQuiet: -50, clipped: -9 } as const;
const roomDb = { none: -58, tooShort: -58, noisy: -38, tooQuiet: -78, clipped: -52 } as const;
/** Seconds of the hall before the first word and after the last. */
const before = 1.2;
const after = 1.5;

async function record(portrait: DemoPortrait, seed: number, babble: readonly Float32Array[]): Promise<Float32Array> {
  const voice = level(await speak(portrait.text, portrait), speechDb[portrait.flaw]);
  const frames = voice.length + Math.round((before + after) * voiceRate);
  const take = hallNoise(frames, voiceRate, { db: roomDb[portrait.flaw], seed, babble });
  lay(take, voice, Math.round(before * voiceRate));
  return take.map((sample) => Math.max(-1, Math.min(1, sample)));
}

const folder = fileURLToPath(new URL('../demo/', import.meta.url));
await mkdir(folder, { recursive: true });
const babble = await Promise.all([
  speak('On se retrouve tout à l’heure devant la scène, il y a du café et des gaufres.', { voice: 'fr+m6', pitch: 35 }),
  speak('Attendez, je vous montre, le stand est juste derrière, à côté de la grande porte.', {
    voice: 'fr+f4',
    pitch: 60,
  }),
  speak('Ja, dat is een goed idee, we komen straks nog eens kijken.', { voice: 'nl+f1', pitch: 50 }),
]);
const list = [];
for (const [index, portrait] of portraits.entries()) {
  const file = `${portrait.id}.ogg`;
  await writeSound(`${folder}${file}`, await record(portrait, index + 1, babble), voiceRate, 'opus');
  const { id: _, voice: __, pitch: ___, speed: ____, ...known } = portrait;
  list.push({ file, ...known });
}
await writeFile(`${folder}portraits.json`, `${JSON.stringify(list, null, 2)}\n`);
