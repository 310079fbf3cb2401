import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** espeak-ng speaks at this rate. */
export const voiceRate = 22_050;

export interface VoiceOptions {
  /** As espeak-ng names them, e.g. `fr+f3` or `nl+m2`. */
  voice: string;
  /** 0…99; 50 is the voice's own. */
  pitch?: number;
  /** Words a minute. */
  speed?: number;
}

/** A text spoken by espeak-ng (Debian package of that name), without the silence before and after it. */
export async function speak(text: string, { voice, pitch = 50, speed = 160 }: VoiceOptions): Promise<Float32Array> {
  const args = ['-v', voice, '-p', `${pitch}`, '-s', `${speed}`, '--stdout', text];
  const { stdout } = await promisify(execFile)('espeak-ng', args, { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 });
  // Its WAVE header has a length of its own making, so the samples are taken by their place.
  const data = stdout.subarray(stdout.indexOf('data') + 8);
  const samples = Float32Array.from(
    { length: Math.floor(data.length / 2) },
    (_, at) => data.readInt16LE(at * 2) / 32768,
  );
  return withoutSilence(samples);
}

function withoutSilence(samples: Float32Array): Float32Array {
  const audible = (sample: number) => Math.abs(sample) > 0.01;
  const first = samples.findIndex(audible);
  return first < 0 ? samples : samples.slice(first, samples.findLastIndex(audible) + 1);
}

/** Numbers that look random and are the same every time (mulberry32), 0…1. */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * A hall with people in it: low-passed noise whose level wanders, at `db` dBFS RMS. `babble`, if given, are voices from
 * the other stands, laid over one another from random places, 4 dB below the noise.
 */
export function hallNoise(
  frames: number,
  sampleRate: number,
  { db, seed, babble = [] }: { db: number; seed: number; babble?: readonly Float32Array[] },
): Float32Array {
  const random = dice(seed);
  const out = new Float32Array(frames);
  const smoothing = Math.exp((-2 * Math.PI * 900) / sampleRate);
  let low = 0;
  for (let index = 0; index < frames; index++) {
    low = low * smoothing + (random() * 2 - 1) * (1 - smoothing);
    const wander = 1 + 0.25 * Math.sin((index / sampleRate) * 0.9 + seed);
    out[index] = low * wander;
  }
  level(out, db);
  for (const voice of babble) {
    const shift = Math.floor(random() * voice.length);
    const quiet = 10 ** ((db - 4) / 20) / Math.max(1e-9, rms(voice)) / Math.sqrt(babble.length);
    for (let index = 0; index < frames; index++) {
      out[index] = (out[index] as number) + (voice[(index + shift) % voice.length] as number) * quiet;
    }
  }
  return out;
}

export function rms(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / Math.max(1, samples.length));
}

/** Brings samples to `db` dBFS RMS, in place. */
export function level(samples: Float32Array, db: number): Float32Array {
  const gain = 10 ** (db / 20) / Math.max(1e-9, rms(samples));
  for (let index = 0; index < samples.length; index++) samples[index] = (samples[index] as number) * gain;
  return samples;
}

/** Adds `sound` into `into` from frame `at` on. */
export function lay(into: Float32Array, sound: Float32Array, at = 0): Float32Array {
  const end = Math.min(sound.length, into.length - at);
  for (let index = 0; index < end; index++) into[at + index] = (into[at + index] as number) + (sound[index] as number);
  return into;
}

/** Another rate by straight lines between samples: good enough for speech that was synthesised anyway. */
export function atRate(samples: Float32Array, from: number, to: number): Float32Array {
  const out = new Float32Array(Math.floor((samples.length * to) / from));
  for (let index = 0; index < out.length; index++) {
    const place = (index * from) / to;
    const at = Math.floor(place);
    const here = samples[at] as number;
    out[index] = here + ((samples[at + 1] ?? here) - here) * (place - at);
  }
  return out;
}
