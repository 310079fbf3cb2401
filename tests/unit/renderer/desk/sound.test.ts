import { describe, expect, it } from 'vitest';
import { ticks } from '../../../../renderer/desk/sound/ticks.ts';
import { wavePeaks } from '../../../../renderer/desk/sound/wave-peaks.ts';

describe('the scale of time', () => {
  it('takes the finest round step that fits', () => {
    expect(ticks(29.3, 768, 64)).toEqual([0, 5, 10, 15, 20, 25]);
    expect(ticks(90, 450, 64)).toEqual([0, 15, 30, 45, 60, 75]);
    expect(ticks(3, 640, 64)).toEqual([0, 0.5, 1, 1.5, 2, 2.5]);
    expect(ticks(600, 100, 64)).toEqual([0]);
  });
  it('lets no label run past the end', () => {
    expect(ticks(14.1, 760, 64)).toEqual([0, 2, 4, 6, 8, 10, 12]);
  });
  it('is empty where there is no sound or no room', () => {
    expect(ticks(0, 640, 64)).toEqual([]);
    expect(ticks(Number.NaN, 640, 64)).toEqual([]);
    expect(ticks(90, 0, 64)).toEqual([]);
  });
});

describe('the drawn wave', () => {
  it('keeps the largest of each stretch, either side of zero, and scales the loudest to its height', () => {
    const drawn = wavePeaks({ rate: 100, values: [-10, 5, -64, 3, 0, 32, -1, 1] }, 2);
    expect(drawn).toHaveLength(2);
    expect(drawn[0]).toBeCloseTo(0.95);
    expect(drawn[1]).toBeCloseTo(0.475);
  });
  it('leaves silence flat and near silence small', () => {
    expect(wavePeaks({ rate: 100, values: [0, 0, 0, 0] }, 2)).toEqual([0, 0]);
    expect(Math.max(...wavePeaks({ rate: 100, values: [-1, 1, 0, 1] }, 2))).toBeLessThan(0.1);
  });
  it('never draws more bars than there are bins', () => {
    expect(wavePeaks({ rate: 100, values: [-1, 1, -2, 2] }, 500)).toHaveLength(2);
    expect(wavePeaks({ rate: 100, values: [] }, 500)).toEqual([0]);
  });
});
