import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Cue,
  cueAt,
  cuesProblem,
  editedCues,
  longestCue,
  masterCues,
  spreadText,
  tidyCues,
} from '../../../../shared/domain/captions.ts';
import { plainEdit } from '../../../../shared/domain/edit.ts';

const wild = fc.array(
  fc.record({
    start: fc.double({ min: -5, max: 70, noNaN: true }),
    end: fc.double({ min: -5, max: 70, noNaN: true }),
    text: fc.oneof(fc.string(), fc.constant(' \n \n'), fc.constant('a\n\nb')),
  }),
  { maxLength: 30 },
);

describe('passages', () => {
  it('can be kept once they are tidy, whatever they were, and stay as they are then', () => {
    fc.assert(
      fc.property(wild, fc.double({ min: 0.5, max: 60, noNaN: true }), (cues, duration) => {
        const tidy = tidyCues(cues, duration);
        expect(cuesProblem(tidy, duration)).toBeNull();
        expect(tidyCues(tidy, duration)).toEqual(tidy);
      }),
    );
  });
  it('lose no words by being tidied', () => {
    const cues = [
      { start: 4, end: 9, text: 'deux' },
      { start: 1, end: 6, text: 'un' },
      { start: 4, end: 5, text: 'deux aussi' },
      { start: 99, end: 98, text: 'après la fin' },
    ];
    expect(tidyCues(cues, 10)).toEqual([
      { start: 1, end: 4, text: 'un' },
      { start: 4, end: 9, text: 'deux\ndeux aussi' },
      { start: 9.9, end: 10, text: 'après la fin' },
    ]);
  });
  it('are refused for what is wrong with them', () => {
    const cue = (start: number, end: number, text = 'mot'): Cue => ({ start, end, text });
    expect(cuesProblem([cue(0, 11)], 10)).toBe('outside');
    expect(cuesProblem([cue(0, 5), cue(4, 6)], 10)).toBe('order');
    expect(cuesProblem([cue(3, 3)], 10)).toBe('tooShort');
    expect(cuesProblem([cue(3, 4, ' \n')], 10)).toBe('empty');
    expect(cuesProblem([cue(0, 5), cue(5, 10)], 10)).toBeNull();
  });
  it('are found by the moment they are heard', () => {
    const cues = tidyCues(
      Array.from({ length: 40 }, (_, index) => ({ start: index * 2, end: index * 2 + 1, text: `${index}` })),
      100,
    );
    for (const moment of [0, 0.5, 1, 1.5, 38.2, 79, 79.5, 99]) {
      const slow = cues.findIndex((cue) => moment >= cue.start && moment < cue.end);
      expect(cueAt(cues, moment), String(moment)).toBe(slow);
    }
  });
});

describe('times of an edit', () => {
  const edit = plainEdit({ in: 2, out: 8, fadeIn: 0, fadeOut: 0 });
  it('count from where it begins, without what it leaves out', () => {
    const cues = [
      { start: 0, end: 1, text: 'avant' },
      { start: 1, end: 3, text: 'à cheval' },
      { start: 4, end: 5, text: 'dedans' },
      { start: 7, end: 12, text: 'fin' },
      { start: 9, end: 10, text: 'après' },
    ];
    expect(editedCues(cues, edit)).toEqual([
      { start: 0, end: 1, text: 'à cheval' },
      { start: 2, end: 3, text: 'dedans' },
      { start: 5, end: 6, text: 'fin' },
    ]);
  });
  it('leave out what is cut, and close the gap', () => {
    const cut = { ...edit, cuts: [{ start: 4, end: 6 }] };
    const cues = [
      { start: 3, end: 4.5, text: 'avant et dedans' },
      { start: 4.5, end: 5.5, text: 'toux' },
      { start: 5.5, end: 7, text: 'après' },
    ];
    expect(editedCues(cues, cut)).toEqual([
      { start: 1, end: 2, text: 'avant et dedans' },
      { start: 2, end: 3, text: 'après' },
    ]);
    const back = masterCues(
      [
        { start: 1, end: 2, text: 'avant' },
        { start: 2, end: 3, text: 'après' },
      ],
      cut,
    );
    expect(back).toEqual([
      { start: 3, end: 4, text: 'avant' },
      { start: 6, end: 7, text: 'après' },
    ]);
  });
  it('come back to the master', () => {
    const cues = [{ start: 2, end: 3, text: 'dedans' }];
    expect(editedCues(masterCues(cues, edit), edit)).toEqual(cues);
  });
});

describe('a text without times', () => {
  it('is spread sentence by sentence, and loses no word', () => {
    const text = 'Je répare des vélos. Depuis toujours !\nEt vous ? Moi, je les roule… loin.';
    const cues = spreadText(text, 2, 12);
    expect(cues[0]?.start).toBe(2);
    expect(cues.at(-1)?.end).toBe(12);
    const words = (some: string) => some.split(/\s+/).join(' ');
    expect(words(cues.map((cue) => cue.text).join(' '))).toBe(words(text));
    expect(cuesProblem(tidyCues(cues, 12), 12)).toBeNull();
  });
  it('fits into passages even when nobody ended a sentence', () => {
    const cues = spreadText('mot '.repeat(900), 0, 60);
    expect(cues.every((cue) => cue.text.length <= longestCue)).toBe(true);
    expect(
      cues
        .map((cue) => cue.text)
        .join(' ')
        .split(' '),
    ).toHaveLength(900);
    expect(spreadText(' \n ', 0, 1)).toEqual([]);
  });
});
