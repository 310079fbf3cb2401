import { describe, expect, test } from 'vitest';
import { languages } from '../../../shared/domain/language.ts';
import { spoken, spokenKeys } from '../../../shared/i18n/booth/spoken.ts';
import { type BoothKey, boothWords } from '../../../shared/i18n/booth/words.ts';
import { typeset } from '../../../shared/i18n/typography.ts';

const keys = Object.keys(boothWords.fr) as BoothKey[];
const blanks = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([blank]) => blank).sort();

describe.each(languages)('the booth in %s', (language) => {
  const words = boothWords[language];

  test('says everything French says, with the same blanks', () => {
    expect(Object.keys(words).sort()).toEqual([...keys].sort());
    for (const key of keys) {
      expect(words[key].trim(), key).not.toBe('');
      expect(blanks(words[key]), key).toEqual(blanks(boothWords.fr[key]));
    }
  });

  test('is written with typographic marks, and without stray spaces', () => {
    for (const key of keys) {
      const text = typeset(words[key], language);
      expect(text, key).not.toMatch(/['"]|\.\.\.| {2}|^\s|\s$/);
    }
  });

  test('speaks what it shows, without typographic forms', () => {
    for (const key of spokenKeys) expect(spoken[language][key]).toMatch(/^[\p{L} ,.’-]+$/u);
  });
});

test.each(keys)('« %s » is set as French is printed', (key) => {
  const text = typeset(boothWords.fr[key], 'fr');
  expect(text).not.toMatch(/(?<!\u202f)[?!;]/);
  expect(text).not.toMatch(/[ \u00a0][?!;:»]|«(?!\u202f)/);
  // A figure and its unit stay together.
  expect(text).not.toMatch(/\d [a-z]/);
  // No form in brackets, no slash: the middle dot is the collective’s own.
  expect(text).not.toMatch(/\((e|s|es|trice)\)|\p{L}\/\p{L}/u);
});

test.each(keys)('« %s » does not guess the visitor’s gender', (key) => {
  expect(boothWords.fr[key]).not.toMatch(
    /vous (êtes|serez|a) (prêt|enregistré|assuré|seul|bienvenu)|prête?\b|seuls?\b/i,
  );
});
