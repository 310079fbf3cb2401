import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PeakMeter, packPeaks, peaksRate, ringPeaks, unpackPeaks } from '../../../../shared/domain/peaks.ts';

const samplesOf = fc.float32Array({ min: -1, max: 1, noNaN: true, maxLength: 4000 });

describe('peaks', () => {
  test('are the same however the sound comes in', () => {
    fc.assert(
      fc.property(samplesOf, fc.integer({ min: 1, max: 997 }), (samples, size) => {
        const [whole, parts] = [new PeakMeter(44_100), new PeakMeter(44_100)];
        whole.push(samples);
        for (let at = 0; at < samples.length; at += size) parts.push(samples.subarray(at, at + size));
        expect(parts.peaks()).toEqual(whole.peaks());
      }),
    );
  });

  test('hold every sample between their minimum and maximum', () => {
    fc.assert(
      fc.property(samplesOf, fc.constantFrom(8000, 11_025, 44_100, 48_000), (samples, rate) => {
        const meter = new PeakMeter(rate);
        meter.push(samples);
        const { values } = meter.peaks();
        const frames = (bins: number) => Math.round((bins * rate) / peaksRate);
        expect(frames(values.length / 2)).toBeGreaterThanOrEqual(samples.length);
        expect(frames(values.length / 2 - 1)).toBeLessThan(Math.max(1, samples.length));
        for (const value of values) expect(Number.isInteger(value) && value >= -128 && value <= 127).toBe(true);
        const extreme = (pick: (...of: number[]) => number) => Math.min(127, Math.round(pick(...samples) * 128)) | 0;
        if (samples.length > 0) {
          expect(Math.max(...values)).toBe(extreme(Math.max));
          expect(Math.min(...values)).toBe(extreme(Math.min));
        }
      }),
    );
  });
});

describe('packed peaks', () => {
  test('are unpacked as they were, however many', () => {
    const values = fc.array(fc.integer({ min: -128, max: 127 }), { maxLength: 300 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 90 }), (some, times) => {
        // Longer than what is turned into letters at once.
        const all = Array.from({ length: times }, () => some).flat();
        const { rate, values: back } = unpackPeaks(packPeaks({ rate: 12.5, values: all }));
        expect(rate).toBe(12.5);
        expect([...back]).toEqual(all);
      }),
    );
  });

  test('of nothing are nothing', () => {
    expect(packPeaks({ rate: 1, values: [] })).toEqual({ rate: 1, bytes: '' });
  });
});

describe('ring heights', () => {
  test('are as many as asked for, 0…127, the loudest at 127', () => {
    const values = fc.array(fc.integer({ min: -128, max: 127 }), { maxLength: 900 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 200 }), (values, count) => {
        const ring = ringPeaks({ rate: 100, values }, count);
        expect(ring).toHaveLength(count);
        expect(ring.every((height) => Number.isInteger(height) && height >= 0 && height <= 127)).toBe(true);
        const heard = Math.max(0, ...values.slice(0, values.length - (values.length % 2)).map(Math.abs));
        if (heard >= 8) expect(Math.max(...ring)).toBe(127);
      }),
    );
  });

  test('say nothing of silence and keep the loudest where it was', () => {
    expect(ringPeaks({ rate: 100, values: [] }, 4)).toEqual([0, 0, 0, 0]);
    expect(ringPeaks({ rate: 100, values: [0, 0, 0, 0] }, 4)).toEqual([0, 0, 0, 0]);
    const values = Array.from({ length: 96 * 4 }, (_, index) => (index === 200 ? -64 : 1));
    const ring = ringPeaks({ rate: 100, values });
    expect(ring.indexOf(127)).toBe(50);
    expect(ring.filter((height) => height === 127)).toHaveLength(1);
  });
});
