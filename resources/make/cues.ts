import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { writeSound } from './files.ts';

// The three cues: a wooden tick for each second of the countdown, two notes up for the start, two down for the end.
const sampleRate = 48_000;

interface Note {
  /** Seconds from the cue's beginning. */
  at: number;
  frequency: number;
  /** Seconds until it has faded to a thousandth. */
  length: number;
  gain: number;
}

const cues: Record<string, readonly Note[]> = {
  countdown: [{ at: 0, frequency: 523.25, length: 0.22, gain: 0.16 }],
  start: [
    { at: 0, frequency: 659.25, length: 0.3, gain: 0.16 },
    { at: 0.11, frequency: 880, length: 0.42, gain: 0.18 },
  ],
  end: [
    { at: 0, frequency: 880, length: 0.4, gain: 0.16 },
    { at: 0.14, frequency: 587.33, length: 0.7, gain: 0.18 },
  ],
};

/** A soft struck note: a few partials, the higher the shorter, with an attack of 6 ms so that nothing clicks. */
function strike(into: Float32Array, { at, frequency, length, gain }: Note): void {
  const partials = [
    [1, 1, 1],
    [2.01, 0.28, 0.6],
    [3.98, 0.1, 0.25],
  ] as const;
  for (const [multiple, share, duration] of partials) {
    const start = Math.round(at * sampleRate);
    for (let index = start; index < into.length; index++) {
      const t = (index - start) / sampleRate;
      const attack = Math.min(1, t / 0.006);
      const decay = Math.exp((-6.9 * t) / (length * duration));
      into[index] =
        (into[index] as number) + gain * share * attack * decay * Math.sin(2 * Math.PI * frequency * multiple * t);
    }
  }
}

const folder = fileURLToPath(new URL('../sounds/', import.meta.url));
await mkdir(folder, { recursive: true });
for (const [name, notes] of Object.entries(cues)) {
  const length = Math.max(...notes.map((note) => note.at + note.length)) + 0.02;
  const samples = new Float32Array(Math.ceil(length * sampleRate));
  for (const note of notes) strike(samples, note);
  await writeSound(`${folder}${name}.mp3`, samples, sampleRate, 'cue');
}
