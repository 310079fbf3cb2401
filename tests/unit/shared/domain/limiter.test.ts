import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dice } from '../../../../resources/make/voice.ts';
import { bringToLevel, measureTruePeak } from '../../../../shared/domain/level.ts';
import { limit, peakEnvelope } from '../../../../shared/domain/limiter.ts';

function finish<T>(work: Generator<void, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

const sampleRate = 48_000;
/** Bursts of noise of differing levels with pauses: harsher to a limiter than speech. */
function bursts(seed: number, seconds = 4): Float32Array {
  const random = dice(seed);
  let low = 0;
  return Float32Array.from({ length: seconds * sampleRate }, (_, index) => {
    low += (random() * 2 - 1 - low) * 0.3;
    const speaking = Math.sin((index / sampleRate) * 2 * Math.PI * 2.3 + seed) > -0.3;
    return low * (speaking ? 0.25 + 0.2 * Math.sin(index / 9000) : 0.002);
  });
}
const limited = (samples: Float32Array, gain: number, ceiling: number) => {
  const envelope = finish(peakEnvelope(samples, sampleRate, ceiling / gain));
  return finish(limit(samples, envelope, { gain, ceiling, sampleRate }));
};

describe('the limiter', () => {
  test('keeps true peaks under the ceiling', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.double({ min: 0.5, max: 8, noNaN: true }), (seed, gain) => {
        const out = limited(bursts(seed, 1), gain, 0.5);
        expect(finish(measureTruePeak(out, sampleRate))).toBeLessThanOrEqual(20 * Math.log10(0.5) + 0.01);
      }),
      { numRuns: 25 },
    );
  });

  test('does nothing but the gain where nothing passes the ceiling', () => {
    const samples = bursts(3, 1);
    const out = limited(samples, 0.5, 1);
    expect(out).toEqual(samples.map((sample) => Math.fround(sample) * 0.5));
  });

  test('touches a lone peak and half a second after, nothing before its lookahead', () => {
    const samples = new Float32Array(2 * sampleRate).fill(0.1);
    samples[sampleRate] = 0.9;
    const out = limited(samples, 1, 0.45);
    expect(Math.abs(out[sampleRate] as number)).toBeLessThanOrEqual(0.45);
    const untouched = (from: number, to: number) =>
      out.subarray(from, to).every((sample, index) => sample === samples[from + index]);
    expect(untouched(0, sampleRate - 241)).toBe(true);
    expect(untouched(sampleRate + 0.51 * sampleRate, samples.length)).toBe(true);
    expect(out).toHaveLength(samples.length);
  });

  test('never jumps: the gain changes by less than 0.1 dB from sample to sample', () => {
    const samples = new Float32Array(sampleRate).fill(0.2);
    for (const at of [9000, 9100, 20_000, 20_010, 31_000]) samples[at] = 0.8;
    const out = limited(samples, 1, 0.3);
    for (let index = 1; index < out.length; index++) {
      const gains = [index - 1, index].map((at) => (out[at] as number) / (samples[at] as number));
      expect(Math.abs(20 * Math.log10((gains[1] as number) / (gains[0] as number)))).toBeLessThan(0.1);
    }
  });
});

describe('levelling', () => {
  test('reaches the target under the ceiling, from quiet and from loud', () => {
    for (const scale of [0.01, 0.3, 1, 2]) {
      const samples = bursts(7).map((sample) => sample * scale);
      const got = finish(bringToLevel(samples, sampleRate, { lufs: -16, ceilingDb: -1.5 }));
      expect(got?.lufs).toBeGreaterThan(-16.03);
      expect(got?.lufs).toBeLessThan(-15.97);
      expect(finish(measureTruePeak(got?.samples as Float32Array, sampleRate))).toBeLessThan(-1.4);
    }
  });

  test('answers null for silence', () => {
    expect(finish(bringToLevel(new Float32Array(sampleRate), sampleRate, { lufs: -16, ceilingDb: -1 }))).toBeNull();
  });
});
