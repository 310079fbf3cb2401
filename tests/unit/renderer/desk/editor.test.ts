import { describe, expect, it } from 'vitest';
import { cutAt, selectionOf } from '../../../../renderer/desk/editor/selection.ts';
import { nearestSilence } from '../../../../renderer/desk/editor/silence.ts';
import { parseTime, steppedTime, timeText } from '../../../../renderer/desk/editor/time-text.ts';

describe('a time as one types it', () => {
  it.each([
    ['0:12,345', 12.345],
    ['0:12.345', 12.345],
    ['12', 12],
    ['12,5', 12.5],
    [' 1 : 04 ', 64],
    ['1:02:07', 3727],
    ['90', 90],
    ['3,', 3],
  ])('%j is %d seconds', (text, seconds) => expect(parseTime(text)).toBeCloseTo(seconds, 6));
  it.each(['', 'abc', '1:75', '1:61:00', '-3', '1:2:3:4', '12,34,5', ','])('%j is none', (text) =>
    expect(parseTime(text)).toBeNull(),
  );
  it('is written to the millisecond, as each language writes it, and read back', () => {
    expect(timeText(12.345, 'fr')).toBe('0:12,345');
    expect(timeText(12.345, 'en')).toBe('0:12.345');
    expect(timeText(59.9996, 'nl')).toBe('1:00,000');
    expect(timeText(3727.5, 'fr')).toBe('1:02:07,500');
    for (const seconds of [0, 0.001, 61.25, 3599.999, 5000.5]) {
      expect(parseTime(timeText(seconds, 'fr'))).toBeCloseTo(seconds, 6);
    }
  });
  it('steps by hundredths, by tenths with Shift, by seconds with a page, and not below 0', () => {
    expect(steppedTime(1, 'ArrowUp', false)).toBe(1.01);
    expect(steppedTime(1, 'ArrowLeft', true)).toBe(0.9);
    expect(steppedTime(1, 'PageDown', false)).toBe(0);
    expect(steppedTime(0.003, 'ArrowDown', false)).toBe(0);
    expect(steppedTime(1, 'Enter', false)).toBeUndefined();
  });
});

describe('a selection', () => {
  it('is drawn either way, stays inside the sound, and is none when it is a click', () => {
    expect(selectionOf(2, 5, 10)).toEqual({ start: 2, end: 5 });
    expect(selectionOf(5, 2, 10)).toEqual({ start: 2, end: 5 });
    expect(selectionOf(8, 14, 10)).toEqual({ start: 8, end: 10 });
    expect(selectionOf(-1, 1, 10)).toEqual({ start: 0, end: 1 });
    expect(selectionOf(3, 3.01, 10)).toBeNull();
  });
  it('knows the cut one stands in', () => {
    const cuts = [
      { start: 1, end: 2 },
      { start: 4, end: 5 },
    ];
    expect([0.5, 1, 1.99, 2, 4.5].map((at) => cutAt(cuts, at))).toEqual([-1, 0, 0, -1, 1]);
  });
});

describe('snapping to silence', () => {
  /** Speech at 60, a room at 2; quiet from 0.5 to 0.6 s and from 1.5 to 1.52 s. */
  const values = Array.from({ length: 300 }, (_, bin) => {
    const quiet = (bin >= 50 && bin < 60) || (bin >= 150 && bin < 152) || bin >= 250;
    return quiet ? [-2, 2] : [-60, 60];
  }).flat();
  const peaks = { rate: 100, values };
  it('goes to the nearest pause that is long enough', () => {
    expect(nearestSilence(peaks, 0.9)).toBeCloseTo(0.58, 2);
    expect(nearestSilence(peaks, 0.2)).toBeCloseTo(0.52, 2);
    expect(nearestSilence(peaks, 2.4)).toBeCloseTo(2.52, 2);
  });
  it('stays where it is quiet already, and in a sound without peaks', () => {
    expect(nearestSilence(peaks, 0.55)).toBeCloseTo(0.55, 2);
    expect(nearestSilence({ rate: 100, values: [] }, 3)).toBe(3);
  });
  it('takes the quietest there is where nothing is quiet', () => {
    const hum = { rate: 100, values: Array.from({ length: 200 }, (_, bin) => (bin === 0 ? [0, 0] : [-50, 50])).flat() };
    expect(Math.abs(nearestSilence(hum, 1.2) - 1.2)).toBeLessThanOrEqual(0.75);
  });
});
