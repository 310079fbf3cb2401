import { describe, expect, it } from 'vitest';
import { eventOf, fieldsOf, moved } from '../../../../renderer/desk/settings/event-fields.ts';
import { figureWithin, readSiteUrl } from '../../../../renderer/desk/settings/figures.ts';
import { event as eventSchema } from '../../../../shared/contract/event.ts';

describe('a site’s address', () => {
  it.each([
    ['exemple.fr', 'https://exemple.fr'],
    [' https://exemple.fr/blog/ ', 'https://exemple.fr/blog'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['localhost:8080', 'https://localhost:8080'],
    ['https://exemple.fr/?p=1#top', 'https://exemple.fr'],
  ])('%j is %s', (typed, url) => expect(readSiteUrl(typed)).toBe(url));
  it.each(['', 'exemple', 'ftp://exemple.fr', 'javascript:alert(1)', 'https://', 'mon site'])('%j is none', (typed) =>
    expect(readSiteUrl(typed)).toBeUndefined(),
  );
  it('is in clear only where it leaves the machine', () => {});
});

describe('figures as people type them', () => {
  it.each([
    ['−16,5', -16.5],
    ['-16.5', -16.5],
    [' -24 ', -24],
  ])('%j is %d', (typed, figure) => expect(figureWithin(typed, -24, -12)).toBe(figure));
  it.each(['', 'seize', '-25', '-11,9', '1e1', '--16'])('%j is refused', (typed) =>
    expect(figureWithin(typed, -24, -12)).toBeUndefined(),
  );
  it('are whole where that is asked', () => {
    expect(figureWithin('45', 10, 600, true)).toBe(45);
    expect(figureWithin('45,5', 10, 600, true)).toBeUndefined();
  });
});

describe('an event', () => {
  const event = eventSchema.parse({
    id: '0190b6b0-0000-7000-8000-000000000001',
    name: 'Hauts les Coop',
    town: 'Dunkerque',
    day: '2026-04-14',
    theme: { fr: 'Ensemble', en: 'Together' },
    languages: ['fr', 'nl'],
    limitSeconds: 90,
    questions: [
      { id: 'a', text: { fr: 'Un ?' } },
      { id: 'b', text: { fr: 'Deux ?', nl: 'Twee?' } },
    ],
  });
  const { id: _, ...rest } = event;
  it('comes back as it was when nothing was typed', () => {
    expect(eventOf(fieldsOf(event), 90)).toEqual(rest);
  });
  it('is not whole without its French, its name, its day, a language or a question', () => {
    const fields = fieldsOf(event);
    for (const lack of [
      { theme: { fr: ' ', en: 'x', nl: '' } },
      { name: ' ' },
      { day: '' },
      { languages: [] },
      { questions: [] },
      { questions: [{ id: 'a', text: { fr: '', en: 'x', nl: '' } }] },
    ]) {
      expect(eventOf({ ...fields, ...lack }, 90), JSON.stringify(lack)).toBeUndefined();
    }
    expect(eventOf(fields, undefined)).toBeUndefined();
  });
  it('offers its languages in the order of the interface', () => {
    expect(eventOf({ ...fieldsOf(event), languages: ['nl', 'fr'] }, 90)?.languages).toEqual(['fr', 'nl']);
  });
  it('moves questions by one and holds at the ends', () => {
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c']);
    expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'b', 'c']);
  });
});
