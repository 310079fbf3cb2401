import { describe, expect, it } from 'vitest';
import {
  addTags,
  changedWords,
  conflicts,
  draftState,
  giveWay,
  rebase,
  shownWords,
  wordsOf,
  write,
} from '../../../../renderer/desk/words/draft.ts';
import type { PortraitWords } from '../../../../shared/contract/words.ts';

const stored: PortraitWords = {
  title: 'Le bois',
  text: '',
  tags: ['bois'],
  speaker: { firstName: 'Lise', trade: 'graphiste', cooperativeId: null },
  notes: '',
  rating: 0,
  language: 'fr',
};

describe('a draft', () => {
  it('is clean until something differs, and again when it is typed back', () => {
    expect(draftState(undefined, stored)).toBe('clean');
    const typed = write(undefined, stored, { title: 'Le chêne' });
    expect(draftState(typed, stored)).toBe('dirty');
    expect(write(typed, stored, { title: 'Le bois ' })).toBeUndefined();
  });
  it('is in conflict when both changed the same field, and shows which', () => {
    const typed = write(write(undefined, stored, { title: 'Le chêne' }), stored, { notes: 'Rappeler' });
    const newer = { ...stored, title: 'Le hêtre', rating: 4 };
    expect(draftState(typed, newer)).toBe('conflict');
    expect(conflicts(typed, newer)).toEqual(['title']);
  });
  it('follows what others write in fields nobody touches here', () => {
    const typed = write(undefined, stored, { title: 'Le chêne' });
    const newer = { ...stored, text: 'Autre', tags: ['forêt'] };
    expect(draftState(typed, newer)).toBe('dirty');
    expect(shownWords(typed, newer)).toEqual({ ...newer, title: 'Le chêne' });
    expect(typed && changedWords(typed, newer)).toEqual({ title: 'Le chêne' });
  });
  it('is no conflict when both wrote the same, or when only the other one wrote', () => {
    const typed = write(undefined, stored, { title: 'Le chêne' });
    expect(draftState(typed, { ...stored, title: 'Le chêne' })).toBe('clean');
    expect(draftState(write(undefined, stored, {}), { ...stored, text: 'Autre' })).toBe('clean');
  });
  it('keeps where it began while one goes on typing', () => {
    const first = write(undefined, stored, { title: 'A' });
    const newer = { ...stored, title: 'Autre' };
    const second = write(first, newer, { title: 'AB' });
    expect(second?.base.title).toBe('Le bois');
    expect(draftState(second, newer)).toBe('conflict');
  });
  it('gives way only where both wrote', () => {
    const typed = write(undefined, stored, { title: 'Le chêne', notes: 'Rappeler' });
    const newer = { ...stored, title: 'Le hêtre' };
    const left = typed && giveWay(typed, newer);
    expect(left?.mine).toEqual({ notes: 'Rappeler' });
    expect(draftState(left, newer)).toBe('dirty');
    expect(left && rebase(left, { ...newer, notes: 'Rappeler' })).toBeUndefined();
  });
  it('takes a title the library made for none', () => {
    expect(wordsOf({ ...stored, ownTitle: '' }).title).toBe('');
    expect(wordsOf({ ...stored, ownTitle: 'Dessiner' }).title).toBe('Dessiner');
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
