import fc from 'fast-check';
import { expect, test } from 'vitest';
import { languages } from '../../../shared/domain/language.ts';
import { eventDay } from '../../../shared/i18n/dates.ts';
import { typeset } from '../../../shared/i18n/typography.ts';
import { type Say, speak } from '../../../shared/i18n/words.ts';

test.each([
  ['Quel est votre métier ?', 'Quel est votre métier\u202f?'],
  ['Vraiment?!', 'Vraiment\u202f?!'],
  ['Deux choix : oui ; non !', 'Deux choix\u202f: oui\u202f; non\u202f!'],
  ['« Voilà »', '«\u202fVoilà\u202f»'],
  ["L'équipe...", 'L’équipe…'],
  ['90 secondes', '90\u00a0secondes'],
  ['dans 12 s.', 'dans 12\u202fs.'],
  ['à 12:30, voir https://exemple.fr', 'à 12:30, voir https://exemple.fr'],
])('%s', (typed, set) => {
  expect(typeset(typed, 'fr')).toBe(set);
});

test('other languages keep their spaces', () => {
  expect(typeset("Don't you? 90 seconds!", 'en')).toBe('Don’t you? 90 seconds!');
});

test('setting a text twice changes nothing more', () => {
  const text = fc.string({ unit: fc.constantFrom(..."ab1 «»?!;:.’' \u00a0\u202fsh".split('')), maxLength: 30 });
  fc.assert(
    fc.property(text, fc.constantFrom(...languages), (typed, language) => {
      const once = typeset(typed, language);
      expect(typeset(once, language)).toBe(once);
    }),
  );
});

test('blanks are filled, whatever is put into them', () => {
  const words = { hello: 'Merci, {name} !' } as const;
  const say: Say<typeof words> = speak({ fr: words, en: words, nl: words }, 'fr');
  expect(say('hello', { name: '{name} $&' })).toBe('Merci, {name} $&\u202f!');
});

test('a day is said as its language says it', () => {
  expect(eventDay('2023-04-14', 'fr')).toBe('14 avril');
  expect(eventDay('2023-05-01', 'fr')).toBe('1er mai');
  expect(eventDay('2023-05-01', 'nl')).toBe('1 mei');
  expect(eventDay('2023-04-14', 'en')).toMatch(/14|April/);
});
