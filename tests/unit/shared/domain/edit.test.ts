import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  applyFades,
  clampEdit,
  editDuration,
  editFrames,
  editProblem,
  plainEdit,
  shortestEdit,
  suggestEdit,
} from '../../../../shared/domain/edit.ts';

const anyNumber = fc.oneof(fc.double(), fc.double({ min: -10, max: 200, noNaN: true }));
const anyEdit = fc.record({ in: anyNumber, out: anyNumber, fadeIn: anyNumber, fadeOut: anyNumber }).map(plainEdit);
const anyDuration = fc.double({ min: 0.01, max: 300, noNaN: true });

describe('an edit', () => {
  test('clamped is always one that can be rendered, and clamping it again changes nothing', () => {
    fc.assert(
      fc.property(anyEdit, anyDuration, (edit, duration) => {
        const clamped = clampEdit(edit, duration);
        expect(editProblem(clamped, duration)).toBeNull();
        const again = clampEdit(clamped, duration);
        for (const key of ['in', 'out', 'fadeIn', 'fadeOut'] as const) expect(again[key]).toBeCloseTo(clamped[key], 9);
      }),
    );
  });

  test('that can be rendered is left as it is', () => {
    const edit = plainEdit({ in: 1.5, out: 20.25, fadeIn: 0.05, fadeOut: 0.15 });
    expect(editProblem(edit, 30)).toBeNull();
    expect(clampEdit(edit, 30)).toEqual(edit);
    expect(editDuration(edit)).toBe(18.75);
  });

  test('says what is wrong with it', () => {
    const edit = plainEdit({ in: 1, out: 3, fadeIn: 0, fadeOut: 0 });
    expect(editProblem({ ...edit, in: Number.NaN }, 10)).toBe('notANumber');
    expect(editProblem({ ...edit, out: 10.1 }, 10)).toBe('outside');
    expect(editProblem({ ...edit, in: -0.1 }, 10)).toBe('outside');
    expect(editProblem({ ...edit, out: 1 + shortestEdit / 2 }, 10)).toBe('tooShort');
    expect(editProblem({ ...edit, in: 3, out: 1 }, 10)).toBe('tooShort');
    expect(editProblem({ ...edit, fadeIn: 1.5, fadeOut: 1 }, 10)).toBe('fades');
    expect(editProblem({ ...edit, fadeIn: -1 }, 10)).toBe('fades');
  });

  test('suggested from a trim fits it, however short', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 80, noNaN: true }),
        fc.double({ min: 0.001, max: 90, noNaN: true }),
        (start, length) => {
          const edit = suggestEdit({ start, end: start + length });
          expect([edit.in, edit.out]).toEqual([start, start + length]);
          expect(edit.fadeIn + edit.fadeOut).toBeLessThanOrEqual(edit.out - edit.in + 1e-9);
        },
      ),
    );
  });

  test('in frames is exact and stays inside the master', () => {
    expect(editFrames(plainEdit({ in: 0.5, out: 1, fadeIn: 0.1, fadeOut: 0.2 }), 44_100, 44_100)).toEqual({
      first: 22_050,
      end: 44_100,
      fadeIn: 4410,
      fadeOut: 8820,
    });
    fc.assert(
      fc.property(anyEdit, fc.integer({ min: 1, max: 9_000_000 }), (edit, frames) => {
        const got = editFrames(clampEdit(edit, frames / 48_000), 48_000, frames);
        expect(got.first).toBeGreaterThanOrEqual(0);
        expect(got.end).toBeLessThanOrEqual(frames);
        expect(got.fadeIn + got.fadeOut).toBeLessThanOrEqual(got.end - got.first);
      }),
    );
  });

  test('fades from and to silence and leaves the middle alone', () => {
    const samples = new Float32Array(1000).fill(1);
    applyFades(samples, { fadeIn: 100, fadeOut: 200 });
    expect(samples[0]).toBe(0);
    expect(samples[50]).toBeCloseTo(0.5, 6);
    expect([...samples.subarray(100, 800)].every((sample) => sample === 1)).toBe(true);
    expect(samples[899]).toBeCloseTo(0.5, 2);
    expect(samples[999]).toBe(0);
  });
});
