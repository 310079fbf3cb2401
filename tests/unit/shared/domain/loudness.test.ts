import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FilterChain, kWeighting } from '../../../../shared/domain/biquad.ts';
import { integratedLoudness, LoudnessMeter, loudnessRange, stepsBetween } from '../../../../shared/domain/loudness.ts';
import { TruePeakMeter } from '../../../../shared/domain/truePeak.ts';

/** Sine tones one after the other: [level in dBFS, seconds, frequency]. */
function tones(sampleRate: number, parts: readonly (readonly [number, number, number?])[]): Float32Array {
  const pieces = parts.map(([db, seconds, frequency = 1000]) =>
    Float32Array.from(
      { length: Math.round(seconds * sampleRate) },
      (_, index) => 10 ** (db / 20) * Math.sin((2 * Math.PI * frequency * index) / sampleRate),
    ),
  );
  const out = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}

function metered(samples: Float32Array, sampleRate: number): readonly number[] {
  const meter = new LoudnessMeter(sampleRate);
  meter.push(samples);
  return meter.steps();
}

/**
 * The cases of EBU Tech 3341 (version 4, table 1) that one channel can show. They are written for two equal channels;
 * dual-mono, one channel measures the same.
 */
const cases: readonly [name: string, lufs: number, parts: readonly (readonly [number, number])[]][] = [
  ['1', -23, [[-23, 20]]],
  ['2', -33, [[-33, 20]]],
  [
    '3',
    -23,
    [
      [-36, 10],
      [-23, 60],
      [-36, 10],
    ],
  ],
  [
    '4',
    -23,
    [
      [-72, 10],
      [-36, 10],
      [-23, 60],
      [-36, 10],
      [-72, 10],
    ],
  ],
  [
    '5',
    -23,
    [
      [-26, 20],
      [-20, 20.1],
      [-26, 20],
    ],
  ],
];

describe('integrated loudness', () => {
  for (const sampleRate of [44_100, 48_000]) {
    for (const [name, lufs, parts] of cases) {
      test(`EBU Tech 3341 case ${name} at ${sampleRate} Hz`, () => {
        const measured = integratedLoudness(metered(tones(sampleRate, parts), sampleRate));
        expect(Math.abs((measured ?? 0) - lufs)).toBeLessThanOrEqual(0.1);
      });
    }
  }

  test('is the same at every rate and however the sound comes in', () => {
    for (const sampleRate of [8000, 16_000, 22_050, 32_000, 96_000]) {
      expect(integratedLoudness(metered(tones(sampleRate, [[-20, 5]]), sampleRate))).toBeCloseTo(-20, 1);
    }
    const sound = tones(48_000, [
      [-30, 1, 300],
      [-18, 1, 2000],
    ]);
    const whole = metered(sound, 48_000);
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 20_000 }), (size) => {
        const meter = new LoudnessMeter(48_000);
        for (let at = 0; at < sound.length; at += size) meter.push(sound.subarray(at, at + size));
        expect(meter.steps()).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });

  test('a gain moves it by as much', () => {
    const sound = tones(48_000, [
      [-30, 2, 300],
      [-18, 3, 2000],
    ]);
    const before = integratedLoudness(metered(sound, 48_000)) as number;
    fc.assert(
      fc.property(fc.double({ min: -20, max: 20, noNaN: true }), (db) => {
        const louder = sound.map((sample) => sample * 10 ** (db / 20));
        expect(integratedLoudness(metered(louder, 48_000))).toBeCloseTo(before + db, 3);
      }),
      { numRuns: 10 },
    );
  });

  test('silence has none, and no sound at all neither', () => {
    expect(integratedLoudness(metered(new Float32Array(96_000), 48_000))).toBeNull();
    expect(integratedLoudness([])).toBeNull();
    expect(loudnessRange([])).toBe(0);
  });

  test('a stretch is measured by itself', () => {
    const steps = metered(
      tones(48_000, [
        [-50, 5],
        [-20, 10],
        [-50, 5],
      ]),
      48_000,
    );
    expect(integratedLoudness(stepsBetween(steps, 5, 15))).toBeCloseTo(-20, 1);
    expect(integratedLoudness(stepsBetween(steps, 0, 4.9))).toBeCloseTo(-50, 1);
    expect(stepsBetween(steps, 5, 15)).toHaveLength(100);
  });
});

describe('loudness range', () => {
  // EBU Tech 3342, table 1.
  test.each([
    [
      10,
      [
        [-20, 20],
        [-30, 20],
      ],
    ],
    [
      5,
      [
        [-20, 20],
        [-15, 20],
      ],
    ],
    [
      20,
      [
        [-40, 20],
        [-20, 20],
      ],
    ],
    [
      15,
      [
        [-50, 20],
        [-35, 20],
        [-20, 20],
        [-35, 20],
        [-50, 20],
      ],
    ],
  ] as const)('is %d LU within 1', (range, parts) => {
    const measured = loudnessRange(metered(tones(48_000, parts), 48_000));
    expect(Math.abs(measured - range)).toBeLessThanOrEqual(1);
  });
});

describe('K-weighting', () => {
  test('equals the coefficients BS.1770-4 prints for 48 kHz', () => {
    const [shelf, pass] = kWeighting(48_000);
    const printed = [1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585];
    for (const [index, key] of (['b0', 'b1', 'b2', 'a1', 'a2'] as const).entries()) {
      expect(shelf?.[key]).toBeCloseTo(printed[index] as number, 7);
    }
    expect(pass?.a1).toBeCloseTo(-1.99004745483398, 7);
    expect(pass?.a2).toBeCloseTo(0.99007225036621, 7);
  });

  test('comes to rest after a sound', () => {
    const chain = new FilterChain(kWeighting(48_000));
    const buffer = new Float64Array(48_000).fill(0);
    buffer[0] = 1;
    chain.run(buffer, buffer.length);
    buffer.fill(0);
    for (let second = 0; second < 5; second++) chain.run(buffer, buffer.length);
    expect(buffer.every((value) => Math.abs(value) < 1e-20)).toBe(true);
  });
});

describe('true peak', () => {
  const peakOf = (samples: Float32Array, rate: number, size = samples.length) => {
    const meter = new TruePeakMeter(rate);
    for (let at = 0; at < samples.length; at += size) meter.push(samples.subarray(at, at + size));
    return 20 * Math.log10(meter.peak());
  };

  // EBU Tech 3341, cases 15–18: tones whose samples miss their peaks; −6 dBTP, +0.2/−0.4 dB.
  test.each([
    [4, 0],
    [4, 45],
    [6, 60],
    [8, 67.5],
  ])('a tone at a %dth of the rate, %d° off', (divisor, degrees) => {
    const samples = Float32Array.from({ length: 48_000 }, (_, index) => {
      const fade = Math.min(1, index / 4800, (47_999 - index) / 4800);
      return 0.5 * fade * Math.sin((2 * Math.PI * index) / divisor + (degrees * Math.PI) / 180);
    });
    const db = peakOf(samples, 48_000);
    expect(db).toBeLessThanOrEqual(-5.8);
    expect(db).toBeGreaterThanOrEqual(-6.4);
  });

  test('is the same however the sound comes in, and never below the largest sample', () => {
    fc.assert(
      fc.property(
        fc.float32Array({ min: -1, max: 1, noNaN: true, minLength: 1, maxLength: 600 }),
        fc.integer({ min: 1, max: 97 }),
        (samples, size) => {
          const largest = Math.max(...samples.map(Math.abs));
          const whole = peakOf(samples, 48_000);
          if (largest > 0) expect(whole).toBeGreaterThanOrEqual(20 * Math.log10(largest) - 1e-9);
          // Which gaps are looked into depends on what was heard before; what they can add is bounded.
          expect(Math.abs(peakOf(samples, 48_000, size) - whole) < 1e-9 || largest === 0).toBe(true);
        },
      ),
    );
  });
});
