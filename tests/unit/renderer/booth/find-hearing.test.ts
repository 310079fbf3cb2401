import { expect, test } from 'vitest';
import type { Hearing } from '../../../../renderer/audio/types.ts';
import { createFinder } from '../../../../renderer/booth/find-hearing.ts';

/** Hears the same for so many milliseconds, five times a second; answers what was found and when. */
function listen(script: [Hearing, number][]): [Hearing, number][] {
  const finder = createFinder();
  const found: [Hearing, number][] = [];
  let now = 0;
  for (const [hearing, ms] of script) {
    for (const end = now + ms; now < end; now += 200) {
      const news = finder.hear(hearing, now);
      if (news !== undefined) found.push([news, now]);
    }
  }
  return found;
}

test('silence is only spoken of after six seconds', () => {
  expect(listen([['nothingHeard', 5800]])).toEqual([]);
  expect(listen([['nothingHeard', 20_000]])).toEqual([['nothingHeard', 6000]]);
});

test('praise comes soon, and a moment of it is not enough', () => {
  expect(
    listen([
      ['nothingHeard', 2000],
      ['good', 200],
      ['nothingHeard', 1000],
    ]),
  ).toEqual([]);
  expect(
    listen([
      ['nothingHeard', 2000],
      ['good', 1000],
    ]),
  ).toEqual([['good', 2400]]);
});

test('who was too quiet and comes closer is told so', () => {
  expect(
    listen([
      ['tooQuiet', 3000],
      ['good', 1000],
    ]).map(([hearing]) => hearing),
  ).toEqual(['tooQuiet', 'good']);
});

test('after a good hearing nobody has to go on talking, but too loud is still said', () => {
  const script: [Hearing, number][] = [
    ['good', 1000],
    ['nothingHeard', 20_000],
    ['tooQuiet', 5000],
    ['tooLoud', 2000],
  ];
  expect(listen(script).map(([hearing]) => hearing)).toEqual(['good', 'tooLoud']);
});

test('what the booth itself says is not judged', () => {
  const finder = createFinder();
  finder.hear('nothingHeard', 0);
  finder.restart(5000);
  expect(finder.hear('nothingHeard', 6000)).toBeUndefined();
  expect(finder.hear('nothingHeard', 12_000)).toBe('nothingHeard');
});
