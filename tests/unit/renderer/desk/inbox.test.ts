import { describe, expect, it } from 'vitest';
import {
  activeFilters,
  queryOf,
  readLooks,
  toggleFilter,
  usualLook,
} from '../../../../renderer/desk/portraits/look.ts';
import { extendPicked, nonePicked, togglePicked } from '../../../../renderer/desk/selection.ts';

describe('how a list is looked at', () => {
  it('turns filters on and off, one value at a time', () => {
    const one = toggleFilter({}, 'tag', 'bois');
    const two = toggleFilter(toggleFilter(one, 'tag', 'vélo'), 'cooperative', '');
    expect(activeFilters(two)).toEqual([
      { name: 'cooperative', value: '' },
      { name: 'tag', value: 'bois' },
      { name: 'tag', value: 'vélo' },
    ]);
    expect(toggleFilter(one, 'tag', 'bois')).toEqual({});
  });
  it('asks the studio for no more than is wanted', () => {
    expect(queryOf('all', usualLook, '  ')).toEqual({});
    const look = { ...usualLook, filters: { day: ['2026-04-14'] } };
    expect(queryOf('toReview', look, ' pain ')).toEqual({ state: 'toReview', words: 'pain', filters: look.filters });
  });
  it('reads what is remembered, and only what it knows', () => {
    const stored = {
      all: { sort: 'loudest', filters: { tag: ['bois', 7], event: 'x', by: [] } },
      toReview: 3,
      other: {},
    };
    expect(readLooks(stored)).toEqual({ all: { sort: 'loudest', filters: { tag: ['bois'] } } });
    expect(readLooks({ all: { sort: 'odd' } })).toEqual({ all: usualLook });
    expect(readLooks('x')).toEqual({});
  });
});

describe('choosing several', () => {
  const rows = ['a', 'b', 'c', 'd', 'e'].map((id, revision) => ({ id, revision }));
  const ids = (picked: typeof nonePicked) => [...picked.revisions.keys()];
  it('puts single ones in and out, with the revision they were seen at', () => {
    const one = togglePicked(nonePicked, { id: 'b', revision: 4 });
    expect([...one.revisions]).toEqual([['b', 4]]);
    expect(ids(togglePicked(one, { id: 'b', revision: 5 }))).toEqual([]);
  });
  it('reaches from where it began, either way', () => {
    const down = extendPicked(nonePicked, rows, 'b', 'd');
    expect(ids(down)).toEqual(['b', 'c', 'd']);
    expect(ids(extendPicked(down, rows, 'd', 'c'))).toEqual(['b', 'c']);
    expect(ids(extendPicked(down, rows, 'd', 'a'))).toEqual(['a', 'b']);
    expect(ids(extendPicked(togglePicked(nonePicked, { id: 'e', revision: 0 }), rows, 'a', 'c'))).toEqual([
      'c',
      'd',
      'e',
    ]);
    expect(extendPicked(down, rows, 'b', 'gone')).toBe(down);
  });
});
