import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markedParts, markTerms, searchTerms } from '../../../../shared/domain/search.ts';
import { stripBars, stripHeights, stripOf } from '../../../../shared/domain/strip.ts';

describe('a search', () => {
  it('is typed as words without accents, case or ligatures', () => {
    expect(searchTerms('  L’ÉCOLE du cœur, du ')).toEqual(['l', 'ecole', 'du', 'coeur']);
    expect(searchTerms('…«»')).toEqual([]);
  });
  it('marks the beginnings of words as they were written', () => {
    const marked = (text: string, typed: string) =>
      markTerms(text, searchTerms(typed)).map(({ start, end }) => text.slice(start, end));
    expect(marked('Maraîchère à l’Étang', 'maraiche eta')).toEqual(
      ['Maraîchè', 'Éta'].map((word) => word.replace('chè', 'chè')),
    );
    expect(marked('Un cœur et des œufs', 'coeu oe')).toEqual(['cœu', 'œ']);
    expect(marked('E\u0301cole', 'ec')).toEqual(['E\u0301c']);
    expect(marked('bois de bois', 'bo')).toEqual(['bo', 'bo']);
    expect(marked('débois', 'bois')).toEqual([]);
  });
  it('loses no letter of any text between its marks', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme', maxLength: 5 }), (text, typed) => {
        const parts = markedParts(text, markTerms(text, searchTerms(typed)));
        expect(parts.map((part) => part.text).join('')).toBe(text);
      }),
    );
  });
});

describe('a strip', () => {
  it('has a letter a bar, the loudest highest and silence flat', () => {
    const values = Array.from({ length: 480 }, (_, index) => (index < 240 ? 0 : index % 2 === 0 ? -100 : 100));
    const strip = stripOf({ rate: 100, values });
    expect(strip).toMatch(/^A{60}_{60}$/);
    expect(stripHeights(strip)).toHaveLength(stripBars);
    expect(stripHeights(strip).at(-1)).toBe(1);
    expect(stripOf({ rate: 100, values: [] })).toBe('');
  });
});
