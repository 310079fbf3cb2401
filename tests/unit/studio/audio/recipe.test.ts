import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recipe, recipeVersion, renditionId } from '../../../../electron/studio/audio/recipe.ts';
import { plainEdit } from '../../../../shared/domain/edit.ts';
import { defaultTarget } from '../../../../shared/domain/sound.ts';

const sha = 'a'.repeat(64);
const edit = plainEdit({ in: 1, out: 20, fadeIn: 0.05, fadeOut: 0.15 });
const today = recipe(defaultTarget, ['mp3', 'flac']);

describe('a rendition’s id', () => {
  test('does not depend on the order of keys or formats, nor on what does not belong', () => {
    const id = renditionId(sha, edit, today);
    expect(id).toMatch(/^[0-9a-f]{64}$/);
    const { in: start, fadeOut, ...others } = edit;
    const shuffled = { fadeOut, ...others, in: start, note: 'x' };
    expect(renditionId(sha.toUpperCase(), shuffled, { ...today, formats: ['flac', 'mp3', 'mp3'] })).toBe(id);
  });

  test('changes with everything that changes a byte', () => {
    const ids = [
      renditionId(sha, edit, today),
      renditionId('b'.repeat(64), edit, today),
      ...(['in', 'out', 'fadeIn', 'fadeOut'] as const).map((key) => renditionId(sha, { ...edit, [key]: 0.07 }, today)),
      renditionId(sha, { ...edit, gainDb: 1 }, today),
      renditionId(sha, { ...edit, cuts: [{ start: 3, end: 4 }] }, today),
      renditionId(sha, { ...edit, cuts: [{ start: 3, end: 5 }] }, today),
      ...(['highPass', 'hum', 'noise'] as const).map((key) =>
        renditionId(sha, { ...edit, cleanUp: { ...edit.cleanUp, [key]: true } }, today),
      ),
      renditionId(sha, edit, { ...today, version: recipeVersion + 1 }),
      renditionId(sha, edit, { ...today, formats: ['mp3'] }),
      renditionId(sha, edit, { ...today, target: { lufs: -14, truePeak: -1 } }),
      renditionId(sha, edit, { ...today, target: { lufs: -16, truePeak: -2 } }),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('does not change with a marker, which changes no sound', () => {
    const marked = { ...edit, markers: [{ at: 3, word: 'un' }] };
    expect(renditionId(sha, marked, today)).toBe(renditionId(sha, edit, today));
  });

  test('two edits share one only when they are the same', () => {
    const second = fc.double({ min: 0, max: 90, noNaN: true });
    const any = fc.record({ in: second, out: second, fadeIn: second, fadeOut: second }).map(plainEdit);
    fc.assert(
      fc.property(any, any, (one, other) => {
        const same = Object.entries(one).every(([key, value]) => other[key as keyof typeof other] === value);
        expect(renditionId(sha, one, today) === renditionId(sha, other, today)).toBe(same);
      }),
    );
  });
});
