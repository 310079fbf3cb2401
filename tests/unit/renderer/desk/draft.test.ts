import { describe, expect, it } from 'vitest';
import { addTags, draftState, wordsOf, write } from '../../../../renderer/desk/portraits/draft.ts';

const stored = { title: 'Le bois', text: '', tags: ['bois'] };

describe('a draft', () => {
  it('is clean until something differs, and again when it is typed back', () => {
    expect(draftState(undefined, stored)).toBe('clean');
    const typed = write(undefined, stored, { title: 'Le chêne' });
    expect(draftState(typed, stored)).toBe('dirty');
    expect(draftState(write(typed, stored, { title: 'Le bois ' }), stored)).toBe('clean');
  });
  it('is in conflict when the stored words changed under it', () => {
    const typed = write(undefined, stored, { title: 'Le chêne' });
    expect(draftState(typed, { ...stored, text: 'Autre' })).toBe('conflict');
  });
  it('is no conflict when both wrote the same, or when only the other one wrote', () => {
    const typed = write(undefined, stored, { title: 'Le chêne' });
    expect(draftState(typed, { ...stored, title: 'Le chêne' })).toBe('clean');
    const untouched = write(undefined, stored, {});
    expect(draftState(untouched, { ...stored, text: 'Autre' })).toBe('clean');
  });
  it('keeps where it began while one goes on typing', () => {
    const first = write(undefined, stored, { title: 'A' });
    const newer = { ...stored, text: 'Autre' };
    expect(write(first, newer, { title: 'AB' }).base).toEqual(stored);
  });
  it('takes a suggested title for none', () => {
    const speaker = { firstName: 'Lise', trade: 'graphiste', cooperativeId: null };
    const portrait = { title: 'Lise, graphiste', text: '', tags: [], speaker, cooperative: null };
    expect(wordsOf(portrait).title).toBe('');
    expect(wordsOf({ ...portrait, title: 'Dessiner' }).title).toBe('Dessiner');
  });
});

describe('tags', () => {
  it('are cut at commas, trimmed, and never twice', () => {
    expect(addTags(['Bois'], ' bois, équipe ;solidarité , ')).toEqual(['Bois', 'équipe', 'solidarité']);
  });
  it('stop at twenty', () => {
    const many = Array.from({ length: 19 }, (_, index) => `t${index}`);
    expect(addTags(many, 'a, b, c')).toHaveLength(20);
  });
});
