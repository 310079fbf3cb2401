import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loudnesses, snapReach, snapToSilence } from '../../../../shared/domain/edit/snap.ts';

/** A second of speech-like loudness with a quiet stretch from 0.50 to 0.56 s, at 400 bins a second. */
const rate = 400;
const sound = {
  rate,
  from: 0,
  values: Float32Array.from({ length: rate }, (_, bin) => {
    const quiet = bin >= 0.5 * rate && bin < 0.56 * rate;
    return quiet ? 0.01 : 0.3 + 0.05 * Math.sin(bin);
  }),
};

describe('snapping to silence', () => {
  test('goes to the nearest place in the quiet', () => {
    expect(snapToSilence(sound, 0.4)).toBeGreaterThan(0.5);
    expect(snapToSilence(sound, 0.4)).toBeLessThan(0.54);
    expect(snapToSilence(sound, 0.65)).toBeGreaterThan(0.52);
    expect(snapToSilence(sound, 0.65)).toBeLessThan(0.56);
  });
  test('stays where it is quiet already, and where nothing is known', () => {
    expect(snapToSilence(sound, 0.5301)).toBe(0.5301);
    expect(snapToSilence({ rate, from: 0, values: [] }, 0.3)).toBe(0.3);
    expect(snapToSilence(sound, 100)).toBe(100);
  });
  test('never goes further than it reaches, and once there stays', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { maxLength: 600 }),
        fc.double({ min: -1, max: 3, noNaN: true }),
        (values, at) => {
          const place = snapToSilence({ rate, from: 0.25, values }, at);
          expect(Math.abs(place - at)).toBeLessThanOrEqual(snapReach + 1 / rate);
        },
      ),
    );
  });
  test('reads peaks of any full scale', () => {
    expect([...loudnesses({ rate: 100, values: [-64, 32, -1, 2] }).values]).toEqual([0.5, 2 / 128]);
    expect([...loudnesses({ rate: 100, values: Int16Array.of(-16384, 1) }, 2, 32768).values]).toEqual([0.5]);
  });
});
