import { beforeAll, describe, expect, test } from 'vitest';
import { dice } from '../../../resources/make/voice.ts';
import { applyEdit } from '../../../shared/domain/edit/apply.ts';
import { Fourier } from '../../../shared/domain/edit/fft.ts';
import { mostReductionDb } from '../../../shared/domain/edit/noise.ts';
import { noCleanUp, plainEdit } from '../../../shared/domain/edit.ts';
import { integratedLoudness, LoudnessMeter } from '../../../shared/domain/loudness.ts';
import type { CleanUp } from '../../../shared/domain/sound.ts';
import { type BoothSound, boothSound, sentences } from '../../fixtures/booth-sound.ts';

/** Seconds of hall before and after the speech. */
const pause = 3;
let booth: BoothSound;
let noisy: BoothSound;
beforeAll(async () => {
  const options = { voice: 'fr+m4', text: sentences.nl, before: pause, after: pause };
  [booth, noisy] = await Promise.all([
    boothSound({ ...options, noiseDb: -52 }),
    boothSound({ ...options, voice: 'fr+f2', noiseDb: -46 }),
  ]);
});

function cleaned(samples: Float32Array, sampleRate: number, cleanUp: Partial<CleanUp>): Float32Array {
  const edit = plainEdit({ in: 0, out: samples.length / sampleRate, fadeIn: 0, fadeOut: 0 });
  return applyEdit(samples, sampleRate, { ...edit, cleanUp: { ...noCleanUp, ...cleanUp } });
}

const rmsDb = (samples: Float32Array) =>
  10 * Math.log10(samples.reduce((sum, x) => sum + x * x, 0) / samples.length + 1e-20);

function lufs(samples: Float32Array, sampleRate: number): number {
  const meter = new LoudnessMeter(sampleRate);
  meter.push(samples);
  return integratedLoudness(meter.steps()) ?? Number.NaN;
}

/** Change of the speech's loudness, in LU. */
function speechChange({ samples, sampleRate, speech }: BoothSound, after: Float32Array): number {
  const part = (sound: Float32Array) =>
    lufs(sound.subarray(Math.round(speech.start * sampleRate), Math.round(speech.end * sampleRate)), sampleRate);
  return part(after) - part(samples);
}

/** The middle of the pause before the speech. */
const pauseOf = (sound: Float32Array, sampleRate: number) =>
  sound.subarray(Math.round(0.3 * sampleRate), Math.round((pause - 0.2) * sampleRate));

/** Level of one tone over some seconds, in dB, by a single line of Fourier's. */
function toneDb(samples: Float32Array, sampleRate: number, frequency: number): number {
  let [re, im] = [0, 0];
  for (const [index, sample] of samples.entries()) {
    const window = 1 - Math.cos((2 * Math.PI * (index + 0.5)) / samples.length);
    re += sample * window * Math.cos((2 * Math.PI * frequency * index) / sampleRate);
    im += sample * window * Math.sin((2 * Math.PI * frequency * index) / sampleRate);
  }
  return 20 * Math.log10((2 * Math.hypot(re, im)) / samples.length + 1e-20);
}

/** Samples by which `after` is late against `before`, where they are most alike. */
function delayOf(before: Float32Array, after: Float32Array, from: number, length: number): number {
  let best = { lag: 0, likeness: -Infinity };
  for (let lag = -48; lag <= 48; lag++) {
    let likeness = 0;
    for (let index = from; index < from + length; index++) {
      likeness += (before[index] as number) * (after[index + lag] as number);
    }
    if (likeness > best.likeness) best = { lag, likeness };
  }
  return best.lag;
}

/**
 * How spiky the spectrum's lines are over time (kurtosis of their power, mean of 200 lines): noise reduction that leaves
 * single tones twinkling raises it many times over.
 */
function spikiness(samples: Float32Array): number {
  const size = 1024;
  const fourier = new Fourier(size);
  const lines = Array.from({ length: 200 }, () => [] as number[]);
  for (let at = 0; at + size <= samples.length; at += size) {
    const re = Float64Array.from(
      samples.subarray(at, at + size),
      (x, n) => x * Math.sin((Math.PI * (n + 0.5)) / size) ** 2,
    );
    const im = new Float64Array(size);
    fourier.run(re, im);
    for (const [line, powers] of lines.entries()) {
      powers.push((re[line + 4] as number) ** 2 + (im[line + 4] as number) ** 2);
    }
  }
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return mean(
    lines.map((powers) => {
      const middle = mean(powers);
      const square = mean(powers.map((power) => (power - middle) ** 2));
      return mean(powers.map((power) => (power - middle) ** 4)) / square ** 2;
    }),
  );
}

describe('less noise', () => {
  test('lowers the room in the pauses and leaves the voice', () => {
    for (const sound of [booth, noisy]) {
      const { samples, sampleRate } = sound;
      const after = cleaned(samples, sampleRate, { noise: true });
      const lowered = rmsDb(pauseOf(after, sampleRate)) - rmsDb(pauseOf(samples, sampleRate));
      expect(lowered).toBeLessThan(-8);
      expect(lowered).toBeGreaterThan(-mostReductionDb - 0.1);
      expect(Math.abs(speechChange(sound, after))).toBeLessThan(0.5);
    }
  });

  test('leaves no tones twinkling', () => {
    const { samples, sampleRate } = noisy;
    const after = cleaned(samples, sampleRate, { noise: true });
    expect(spikiness(pauseOf(after, sampleRate)) / spikiness(pauseOf(samples, sampleRate))).toBeLessThan(1.3);
  });

  test('neither delays nor does anything else where there is no noise to lower', () => {
    const { samples, sampleRate, speech } = booth;
    const from = Math.round(speech.start * sampleRate) + 10_000;
    for (const cleanUp of [{ noise: true }, { hum: true }, { noise: true, hum: true }]) {
      expect(delayOf(samples, cleaned(samples, sampleRate, cleanUp), from, 100_000)).toBe(0);
    }
    // Far above the room every window goes through and comes back as it was.
    const random = dice(3);
    const loud = Float32Array.from(
      { length: sampleRate * 4 },
      (_, n) => (random() - 0.5) * (n < sampleRate ? 1e-4 : 1),
    );
    const same = cleaned(loud, sampleRate, { noise: true });
    const after = Math.round(sampleRate * 1.1);
    const worst = same
      .subarray(after)
      .reduce((most, x, n) => Math.max(most, Math.abs(x - (loud[n + after] as number))), 0);
    expect(worst).toBeLessThan(1e-6);
  });
});

describe('less hum', () => {
  const tones = [50, 100, 150, 200];
  const withHum = ({ samples, sampleRate }: BoothSound, off = 0) =>
    samples.map(
      (x, n) => x + tones.reduce((sum, f) => sum + 0.005 * Math.sin((2 * Math.PI * f * (1 + off) * n) / sampleRate), 0),
    );

  test('takes the mains out, wavering as they do, and leaves the voice', () => {
    for (const [off, least] of [
      [0, 45],
      [0.002, 12],
    ] as const) {
      const hummed = withHum(booth, off);
      const after = cleaned(hummed, booth.sampleRate, { hum: true });
      for (const tone of tones) {
        const level = (sound: Float32Array) =>
          toneDb(pauseOf(sound, booth.sampleRate), booth.sampleRate, tone * (1 + off));
        // What is left at the mains' own frequency is the hall's noise there.
        const floor = level(cleaned(booth.samples, booth.sampleRate, {}));
        expect(level(after)).toBeLessThan(Math.max(level(hummed) - least, floor));
      }
    }
    expect(Math.abs(speechChange(booth, cleaned(booth.samples, booth.sampleRate, { hum: true })))).toBeLessThan(0.5);
  });
});

describe('the high-pass', () => {
  test('takes rumble away and leaves the voice', () => {
    const rumble = booth.samples.map((x, n) => x + 0.05 * Math.sin((2 * Math.PI * 25 * n) / booth.sampleRate));
    const after = cleaned(rumble, booth.sampleRate, { highPass: true });
    const level = (sound: Float32Array) => toneDb(pauseOf(sound, booth.sampleRate), booth.sampleRate, 25);
    expect(level(after) - level(rumble)).toBeLessThan(-18);
    expect(Math.abs(speechChange(booth, cleaned(booth.samples, booth.sampleRate, { highPass: true })))).toBeLessThan(
      0.5,
    );
  });
});
