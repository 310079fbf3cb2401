import { describe, expect, it } from 'vitest';
import { ticks } from '../../../../renderer/desk/sound/ticks.ts';
import { wavePeaks } from '../../../../renderer/desk/sound/wave-peaks.ts';

describe('the scale of time', () => {
  const all = (duration: number, width: number) => ticks({ from: 0, to: duration, duration, width }, 64);
  it('takes the finest round step that fits', () => {
    expect(all(29.3, 768)).toEqual([0, 5, 10, 15, 20, 25]);
    expect(all(90, 450)).toEqual([0, 15, 30, 45, 60, 75]);
    expect(all(3, 640)).toEqual([0, 0.5, 1, 1.5, 2, 2.5]);
    expect(all(600, 100)).toEqual([0]);
  });
  it('lets no label run past the end', () => {
    expect(all(14.1, 760)).toEqual([0, 2, 4, 6, 8, 10, 12]);
  });
  it('has only what is in sight, close up', () => {
    expect(ticks({ from: 12.13, to: 14.13, duration: 1800, width: 800 }, 64)).toEqual([
      12.2, 12.4, 12.6, 12.8, 13, 13.2, 13.4, 13.6, 13.8, 14,
    ]);
  });
  it('is empty where there is no sound or no room', () => {
    expect(all(0, 640)).toEqual([]);
    expect(all(Number.NaN, 640)).toEqual([]);
    expect(all(90, 0)).toEqual([]);
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
