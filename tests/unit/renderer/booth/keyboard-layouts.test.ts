import { describe, expect, test } from 'vitest';
import { keyboardLayout, typeKey, wantsCapital } from '../../../../renderer/booth/screens/keyboard-layouts.ts';
import { languages } from '../../../../shared/domain/language.ts';

test('French types on AZERTY, the others on QWERTY', () => {
  expect(keyboardLayout('fr').default[1]).toBe('a z e r t y u i o p');
  expect(keyboardLayout('en').default[1]).toBe('q w e r t y u i o p');
  expect(keyboardLayout('nl').default[1]).toBe('q w e r t y u i o p');
});

test.each(languages)('every letter is there in %s, and its capital', (language) => {
  const { default: small, shift } = keyboardLayout(language);
  for (const letter of 'abcdefghijklmnopqrstuvwxyzéèêëàçïô'.replace(language === 'fr' ? '' : /[ô]/, '')) {
    if (language !== 'fr' && 'àô'.includes(letter)) continue;
    expect(small.join(' ').split(' '), letter).toContain(letter);
    expect(shift.join(' ').split(' '), letter).toContain(letter.toUpperCase());
  }
  expect(shift.join(' ')).toContain('{bksp}');
  expect(shift.join(' ')).toContain('{shift}');
});

describe.each(languages)('in %s', (language) => {
  test.each(['name', 'contact'] as const)(
    'a %s can hold digits, an apostrophe and the letters of our neighbours',
    (kind) => {
      const { default: small, shift, more, moreShift } = keyboardLayout(language, kind);
      const keys = [...small, ...more].join(' ').split(' ');
      for (const sign of '0123456789’-@.œæÿéèêëàâäçîïôöûùüáíóúñ') expect(keys, sign).toContain(sign);
      const capitals = [...shift, ...moreShift].join(' ').split(' ');
      for (const letter of 'ŒÆŸÉÈÀÇÎÔÜÑ') expect(capitals, letter).toContain(letter);
      for (const layer of [small, shift, more, moreShift]) {
        expect(layer).toHaveLength(5);
        // A key is a finger wide on the narrowest screen with ten in a row, and only one is so called.
        for (const row of layer) expect(row.split(' ').length, row).toBeLessThanOrEqual(10);
        const all = layer.join(' ').split(' ');
        expect(new Set(all).size).toBe(all.length);
        for (const name of all) expect(name.startsWith('{') || [...name].length === 1, name).toBe(true);
      }
      expect([small, more].every((layer) => layer.join(' ').includes('{space}'))).toBe(true);
    },
  );
});

test.each([
  ['Zo', 2, 2, 'é', 'Zoé', 3],
  ['Zé', 1, 1, 'o', 'Zoé', 2],
  ['Zoé', 0, 3, 'A', 'A', 1],
  ['Zoé', 3, 3, '{bksp}', 'Zo', 2],
  ['Zoé', 0, 2, '{bksp}', 'é', 0],
  ['a😀', 3, 3, '{bksp}', 'a', 1],
  ['', 0, 0, '{bksp}', '', 0],
  ['Jean', 4, 4, '{space}', 'Jean ', 5],
  ['Jean', 4, 4, '{enter}', 'Jean', 4],
])('%s, caret %i–%i, key %s', (value, from, to, key, after, caret) => {
  expect(typeKey(value, from, to, key)).toEqual({ value: after, caret });
});

test('capitals are offered where a name begins', () => {
  expect(['', 'Jean ', 'Jean-'].map(wantsCapital)).toEqual([true, true, true]);
  expect(wantsCapital('Jean')).toBe(false);
});
