import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { limit } from '../../../../renderer/audio/limiter.ts';
import { magnitudes, wav16 } from '../../../../renderer/audio/wav.ts';

const ceiling = 10 ** (-1.5 / 20);
const peakOf = (samples: Float32Array) => samples.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0);

describe('the limiter', () => {
  test('never lets a sample over the ceiling, whatever comes in', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { maxLength: 3000 }),
        fc.constantFrom(8000, 44_100, 48_000),
        fc.double({ min: -20, max: 40, noNaN: true }),
        (values, rate, gainDb) => {
          const output = limit(Float32Array.from(values), rate, gainDb);
          expect(output.length).toBe(values.length);
          expect(peakOf(output)).toBeLessThanOrEqual(ceiling * (1 + 1e-6));
        },
      ),
    );
  });

  test('is plain gain where nothing is too loud', () => {
    const input = Float32Array.from({ length: 48_000 }, (_, i) => 0.1 * Math.sin(i / 20));
    const output = limit(input, 48_000, 6);
    const gain = 10 ** (6 / 20);
    expect(output.every((value, i) => Math.abs(value - (input[i] ?? 0) * gain) < 1e-6)).toBe(true);
  });

  test('is down when the peak comes, without a jump, and back after it', () => {
    const input = new Float32Array(48_000).fill(0.25);
    input[24_000] = 1;
    const output = limit(input, 48_000, 6);
    const quiet = 0.25 * 10 ** (6 / 20);
    expect(output[23_000]).toBeCloseTo(quiet, 5);
    expect(output[24_000]).toBeLessThanOrEqual(ceiling * (1 + 1e-6));
    expect(output[24_000]).toBeGreaterThan(ceiling * 0.97);
    for (let i = 1; i < output.length; i++) {
      if (i === 24_000 || i === 24_001) continue;
      expect(Math.abs((output[i] ?? 0) - (output[i - 1] ?? 0))).toBeLessThan(0.005);
    }
    // Within 1 % after five time constants.
    expect(output[24_000 + 12_500]).toBeGreaterThan(quiet * 0.99);
  });
});

test('the WAV has a true header, rounds to the nearest step and clamps', () => {
  const bytes = wav16(Float32Array.of(0, 1, -1, 0.5, -0.5, 1.4 / 32_768, -1.6 / 32_768, 2), 44_100);
  const view = new DataView(bytes.buffer);
  expect(new TextDecoder().decode(bytes.subarray(0, 4))).toBe('RIFF');
  expect(view.getUint32(4, true)).toBe(bytes.length - 8);
  expect(view.getUint32(24, true)).toBe(44_100);
  expect(view.getUint32(40, true)).toBe(16);
  const values = Array.from({ length: 8 }, (_, i) => view.getInt16(44 + i * 2, true));
  expect(values).toEqual([0, 32_767, -32_768, 16_384, -16_384, 1, -2, 32_767]);
});

test('the magnitudes cover every sample once', () => {
  const samples = new Float32Array(1003);
  samples[0] = -0.5;
  samples[1002] = 0.75;
  samples[500] = 0.25;
  const bins = magnitudes(samples, 10);
  expect(bins).toHaveLength(10);
  expect(bins[0]).toBe(0.5);
  expect(bins[9]).toBe(0.75);
  expect(bins.filter((bin) => bin > 0)).toHaveLength(3);
});
