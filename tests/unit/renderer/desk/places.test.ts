import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Place,
  placeHash,
  portraitParts,
  readPlace,
  settingsPages,
  start,
  viewNames,
} from '../../../../renderer/desk/place.ts';
import { afterLeaving, neighbour } from '../../../../renderer/desk/selection.ts';

const id = '0190b6b0-0000-7000-8000-000000000001';

describe('places', () => {
  const all: Place[] = [
    ...viewNames.flatMap((view): Place[] => [
      { screen: 'portraits', view, id: null },
      { screen: 'portraits', view, id },
    ]),
    ...portraitParts.map((part): Place => ({ screen: 'portraits', view: 'all', id, part })),
    { screen: 'batches', id: null },
    { screen: 'batches', id },
    { screen: 'queue' },
    ...settingsPages.map((page): Place => ({ screen: 'settings', page })),
  ];
  it.each(all)('comes back from its own address: %j', (place) => expect(readPlace(placeHash(place))).toEqual(place));
  it('takes whatever else stands in the address for a place of the desk', () => {
    expect(readPlace('')).toEqual(start);
    expect(readPlace('#/portraits/nowhere/../../etc')).toEqual(start);
    fc.assert(fc.property(fc.string(), (hash) => placeHash(readPlace(hash)).startsWith('#/')));
  });
});

describe('the chosen portrait', () => {
  const ids = ['a', 'b', 'c'];
  it('moves by one and stops at the ends', () => {
    expect(neighbour(ids, 'a', 1)).toBe('b');
    expect(neighbour(ids, 'c', 1)).toBe('c');
    expect(neighbour(ids, 'a', -1)).toBe('a');
    expect(neighbour(ids, null, 1)).toBe('a');
    expect(neighbour(ids, 'gone', -1)).toBe('a');
    expect(neighbour([], 'a', 1)).toBeNull();
  });
  it('is followed by the next, the one before at the end, none when it was alone', () => {
    expect(afterLeaving(ids, 'b')).toBe('c');
    expect(afterLeaving(ids, 'c')).toBe('b');
    expect(afterLeaving(['a'], 'a')).toBeNull();
  });
});
