import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editPlan, fade } from '../../../../shared/domain/edit/plan.ts';
import {
  clampEdit,
  editDuration,
  editProblem,
  plainEdit,
  shortestEdit,
  suggestEdit,
} from '../../../../shared/domain/edit.ts';
import { anyEdit } from '../../../fixtures/edits.ts';

describe('an edit', () => {
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
    expect(editProblem({ ...edit, gainDb: 7 }, 10)).toBe('gain');
    const cut = (...bounds: number[]) => ({
      ...edit,
      cuts: bounds.flatMap((start, at) => (at % 2 === 0 ? [{ start, end: bounds[at + 1] ?? start }] : [])),
    });
    expect(editProblem(cut(1.5, 1.6, 2, 2.2), 10)).toBeNull();
    expect(editProblem(cut(2, 2.2, 1.5, 1.6), 10)).toBe('cuts');
    expect(editProblem(cut(1.5, 1.6, 1.605, 1.8), 10)).toBe('cuts');
    expect(editProblem(cut(1.005, 1.5), 10)).toBe('cuts');
    expect(editProblem(cut(2.5, 3), 10)).toBe('cuts');
    expect(editProblem(cut(1.1, 2.9), 10)).toBe('tooShort');
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
    expect(editPlan(plainEdit({ in: 0.5, out: 1, fadeIn: 0.1, fadeOut: 0.2 }), 44_100, 44_100)).toEqual({
      segments: [{ first: 22_050, end: 44_100, at: 0 }],
      length: 22_050,
      fadeIn: 4410,
      fadeOut: 8820,
      half: 221,
    });
    fc.assert(
      fc.property(anyEdit, fc.integer({ min: 1000, max: 9_000_000 }), (edit, frames) => {
        const plan = editPlan(clampEdit(edit, frames / 48_000), 48_000, frames);
        let at = 0;
        let before = 0;
        for (const segment of plan.segments) {
          expect(segment.at).toBe(at);
          expect(segment.first).toBeGreaterThanOrEqual(before);
          at += segment.end - segment.first;
          before = segment.end;
        }
        expect(before).toBeLessThanOrEqual(frames);
        expect(plan.length).toBe(at);
        expect(plan.fadeIn + plan.fadeOut).toBeLessThanOrEqual(plan.length);
      }),
    );
  });

  test('fades from and to silence and leaves the middle alone', () => {
    const samples = new Float32Array(1000).fill(1);
    fade(samples, 0, { segments: [], length: 1000, fadeIn: 100, fadeOut: 200, half: 1 });
    expect(samples[0]).toBe(0);
    expect(samples[50]).toBeCloseTo(0.5, 6);
    expect([...samples.subarray(100, 800)].every((sample) => sample === 1)).toBe(true);
    expect(samples[899]).toBeCloseTo(0.5, 2);
    expect(samples[999]).toBe(0);
  });
});
