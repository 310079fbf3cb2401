import { describe, expect, it } from 'vitest';
import { cleanTag, completeTags, tagKey } from '../../../../shared/domain/tags.ts';

const known = [
  { name: 'équipe', count: 3 },
  { name: 'Éducation populaire', count: 9 },
  { name: 'esprit d’équipe', count: 5 },
  { name: 'bois', count: 12 },
  { name: 'pêche', count: 1 },
];

describe('completing a tag', () => {
  it('is blind to accents and capitals, and begins with the words that begin so', () => {
    expect(completeTags(known, 'EQ', [])).toEqual(['équipe', 'esprit d’équipe']);
    expect(completeTags(known, 'e', [])).toEqual(['Éducation populaire', 'esprit d’équipe', 'équipe']);
    expect(completeTags(known, 'pop', [])).toEqual(['Éducation populaire']);
    expect(completeTags(known, 'zinc', [])).toEqual([]);
  });
  it('offers the most used ones for nothing typed, and none that is there already', () => {
    expect(completeTags(known, '', ['BOIS'], 2)).toEqual(['Éducation populaire', 'esprit d’équipe']);
  });
});

describe('a tag', () => {
  it('is the same word whatever its capitals, and another one with another accent', () => {
    expect(tagKey(' Sport  d’Équipe ')).toBe(tagKey('sport d’équipe'));
    expect(tagKey('pêche')).not.toBe(tagKey('péché'));
    expect(cleanTag(`  ${'a'.repeat(100)}`)).toHaveLength(80);
  });
});
