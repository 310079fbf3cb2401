import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  acceptTrim,
  addCut,
  addMarker,
  moveCut,
  moveMarker,
  nameMarker,
  removeCut,
  removeMarker,
  setCleanUp,
  setFades,
  setGain,
  setIn,
  setOut,
} from '../../../../shared/domain/edit/moves.ts';
import { chapters, isHeard, segments, toEdited, toMaster } from '../../../../shared/domain/edit/timeline.ts';
import {
  clampEdit,
  crossfade,
  editDuration,
  editProblem,
  mostCuts,
  plainEdit,
  shortestEdit,
} from '../../../../shared/domain/edit.ts';
import type { Edit } from '../../../../shared/domain/sound.ts';
import { anyDuration, anyEdit, anyTime } from '../../../fixtures/edits.ts';
import { runs } from '../../../fixtures/runs.ts';

const anyMove: fc.Arbitrary<(edit: Edit, duration: number) => Edit> = fc.oneof(
  anyTime.map((at) => (edit: Edit, duration: number) => setIn(edit, at, duration)),
  anyTime.map((at) => (edit: Edit, duration: number) => setOut(edit, at, duration)),
  fc.tuple(anyTime, anyTime).map(
    ([a, b]) =>
      (edit: Edit, duration: number) =>
        addCut(edit, a, b, duration),
  ),
  fc.tuple(fc.nat(6), anyTime, anyTime).map(
    ([n, a, b]) =>
      (edit: Edit, duration: number) =>
        moveCut(edit, n, { start: a, end: b }, duration),
  ),
  fc.nat(6).map((n) => (edit: Edit) => removeCut(edit, n)),
  anyTime.map((fadeIn) => (edit: Edit, duration: number) => setFades(edit, { fadeIn }, duration)),
  anyTime.map((fadeOut) => (edit: Edit, duration: number) => setFades(edit, { fadeOut }, duration)),
  anyTime.map((db) => (edit: Edit, duration: number) => setGain(edit, db, duration)),
  fc.boolean().map((hum) => (edit: Edit) => setCleanUp(edit, { hum })),
  anyTime.map((at) => (edit: Edit, duration: number) => addMarker(edit, at, 'mot', duration)),
  fc.tuple(fc.nat(6), anyTime).map(
    ([n, at]) =>
      (edit: Edit, duration: number) =>
        moveMarker(edit, n, at, duration),
  ),
  fc.nat(6).map((n) => (edit: Edit) => nameMarker(edit, n, 'autre')),
  fc.nat(6).map((n) => (edit: Edit) => removeMarker(edit, n)),
  fc.tuple(anyTime, anyTime).map(
    ([start, end]) =>
      (edit: Edit, duration: number) =>
        acceptTrim(edit, { start, end }, duration),
  ),
);

describe('whatever a hand does', () => {
  test('the edit can be rendered', () => {
    fc.assert(
      fc.property(anyDuration, fc.array(anyMove, { maxLength: 40 }), (duration, moves) => {
        let edit = clampEdit(plainEdit({ in: 0, out: duration, fadeIn: 0.05, fadeOut: 0.15 }), duration);
        for (const move of moves) {
          edit = move(edit, duration);
          expect(editProblem(edit, duration)).toBeNull();
        }
      }),
    );
  });

  test('clamped is one that can be rendered, and clamping it again changes nothing', () => {
    fc.assert(
      fc.property(anyEdit, anyDuration, (edit, duration) => {
        const clamped = clampEdit(edit, duration);
        expect(editProblem(clamped, duration)).toBeNull();
        const again = clampEdit(clamped, duration);
        expect(again.cuts).toEqual(clamped.cuts);
        expect(again.markers).toEqual(clamped.markers);
        for (const key of ['in', 'out', 'gainDb', 'fadeIn', 'fadeOut'] as const) {
          expect(again[key]).toBeCloseTo(clamped[key], 9);
        }
      }),
    );
  });
});

describe('moving an end', () => {
  const edit: Edit = { ...plainEdit({ in: 1, out: 20, fadeIn: 0, fadeOut: 0 }), cuts: [{ start: 5, end: 8 }] };

  test('leaves the other where it is', () => {
    fc.assert(
      fc.property(anyEdit, fc.double({ min: 2, max: 300, noNaN: true }), anyTime, (any, duration, at) => {
        const before = clampEdit(any, duration);
        expect(setIn(before, at, duration).out).toBe(before.out);
        expect(setOut(before, at, duration).in).toBe(before.in);
      }),
      { numRuns: runs(1_000, 50_000) },
    );
  });
  test('leaves the other where it is, where only rounding finds it too near', () => {
    const whole = plainEdit({ in: 24.146, out: 152.424, fadeIn: 0, fadeOut: 0 });
    expect(setIn(whole, 300, 152.42400000000004).out).toBe(152.424);
  });
  test('into a cut goes to its other side, and past it swallows it', () => {
    expect(setIn(edit, 6, 30)).toMatchObject({ in: 8, out: 20, cuts: [] });
    expect(setOut(edit, 6, 30)).toMatchObject({ in: 1, out: 5, cuts: [] });
    expect(setIn(edit, 12, 30)).toMatchObject({ in: 12, cuts: [] });
    expect(setIn(edit, 3, 30)).toMatchObject({ in: 3, cuts: [{ start: 5, end: 8 }] });
  });
  test('stops where an edit would be left that is too short', () => {
    expect(editDuration(setIn(edit, 100, 30))).toBeCloseTo(shortestEdit, 9);
    expect(editDuration(setOut(edit, -3, 30))).toBeCloseTo(shortestEdit, 9);
  });
});

describe('a cut', () => {
  const edit = plainEdit({ in: 1, out: 20, fadeIn: 0, fadeOut: 0 });

  test('takes out what it says and comes back whole', () => {
    const made = addCut(edit, 9, 4, 30);
    expect(made.cuts).toEqual([{ start: 4, end: 9 }]);
    expect(editDuration(made)).toBe(14);
    expect(removeCut(made, 0)).toEqual(edit);
  });
  test('joins with what it touches, and over an end moves the end', () => {
    const two = addCut(addCut(edit, 4, 6, 30), 8, 9, 30);
    expect(addCut(two, 5, 8.5, 30).cuts).toEqual([{ start: 4, end: 9 }]);
    expect(addCut(edit, 0, 3, 30)).toMatchObject({ in: 3, out: 20, cuts: [] });
    expect(addCut(edit, 18, 25, 30)).toMatchObject({ in: 1, out: 18, cuts: [] });
  });
  test('that would leave nothing, or is too short to be heard, is not made', () => {
    expect(addCut(edit, 1.1, 19.9, 30)).toBe(edit);
    expect(addCut(edit, 5, 5 + crossfade / 2, 30)).toBe(edit);
    expect(addCut(edit, Number.NaN, 5, 30)).toBe(edit);
  });
  test('one too many is not made', () => {
    let many: Edit = plainEdit({ in: 0, out: 200, fadeIn: 0, fadeOut: 0 });
    for (let at = 1; at <= mostCuts; at++) many = addCut(many, at, at + 0.5, 200);
    expect(many.cuts).toHaveLength(mostCuts);
    expect(addCut(many, 100, 101, 200)).toEqual(many);
  });
});

describe('the two times', () => {
  test('lead back to where one came from, and pieces add up', () => {
    fc.assert(
      fc.property(anyEdit, anyDuration, fc.double({ min: 0, max: 1, noNaN: true }), (any, duration, share) => {
        const edit = clampEdit(any, duration);
        const edited = share * editDuration(edit);
        const master = toMaster(edit, edited);
        expect(isHeard(edit, master)).toBe(true);
        expect(toEdited(edit, master)).toBeCloseTo(edited, 6);
        const pieces = segments(edit);
        expect(pieces).toHaveLength(edit.cuts.length + 1);
        expect(pieces.reduce((sum, { start, end }) => sum + end - start, 0)).toBeCloseTo(editDuration(edit), 6);
      }),
    );
  });
  test('markers become chapters where they are heard', () => {
    const edit: Edit = {
      ...plainEdit({ in: 1, out: 20, fadeIn: 0, fadeOut: 0 }),
      cuts: [{ start: 5, end: 8 }],
      markers: [
        { at: 0.5, word: 'avant' },
        { at: 2, word: 'un' },
        { at: 6, word: 'coupé' },
        { at: 8, word: 'deux' },
        { at: 15, word: 'trois' },
      ],
    };
    expect(chapters(edit)).toEqual([
      { at: 1, word: 'un' },
      { at: 4, word: 'deux' },
      { at: 11, word: 'trois' },
    ]);
  });
});
