import { describe, expect, it } from 'vitest';
import type { Region, RegionParams } from 'wavesurfer.js/plugins/regions';
import { cutAt, selectionOf } from '../../../../renderer/desk/editor/selection.ts';
import { stretchesOf } from '../../../../renderer/desk/editor/stretches.ts';
import { parseTime, steppedTime, timeText } from '../../../../renderer/desk/editor/time-text.ts';
import { stepWord } from '../../../../renderer/desk/editor/use-change.ts';
import { nameOf, type Regions, showStretches } from '../../../../renderer/desk/editor/wave/regions.ts';
import { nextRate } from '../../../../renderer/desk/sound/shuttle.ts';
import { plainEdit } from '../../../../shared/domain/edit.ts';
import { deskWords } from '../../../../shared/i18n/desk/words.ts';

/** What of wavesurfer's regions is used, without a page. */
class FakeRegions implements Regions {
  private regions: Region[] = [];
  getRegions = () => this.regions;
  addRegion(options: RegionParams): Region {
    const region = {
      end: options.start,
      ...options,
      element: null,
      content: { textContent: options.content },
      remove: () => {
        this.regions = this.regions.filter((one) => one !== made);
      },
      setOptions: (change: RegionParams) => Object.assign(region, change),
      setContent: (content: string) => Object.assign(region, { content: { textContent: content } }),
    };
    const made = region as unknown as Region;
    this.regions.push(made);
    return made;
  }
}

describe('a time as one types it', () => {
  it.each([
    ['0:12,345', 12.345],
    ['0:12.345', 12.345],
    ['12', 12],
    ['12,5', 12.5],
    [' 1 : 04 ', 64],
    ['1:02:07', 3727],
    ['90', 90],
    ['3,', 3],
  ])('%j is %d seconds', (text, seconds) => expect(parseTime(text)).toBeCloseTo(seconds, 6));
  it.each(['', 'abc', '1:75', '1:61:00', '-3', '1:2:3:4', '12,34,5', ','])('%j is none', (text) =>
    expect(parseTime(text)).toBeNull(),
  );
  it('is written to the millisecond, as each language writes it, and read back', () => {
    expect(timeText(12.345, 'fr')).toBe('0:12,345');
    expect(timeText(12.345, 'en')).toBe('0:12.345');
    expect(timeText(59.9996, 'nl')).toBe('1:00,000');
    expect(timeText(3727.5, 'fr')).toBe('1:02:07,500');
    for (const seconds of [0, 0.001, 61.25, 3599.999, 5000.5]) {
      expect(parseTime(timeText(seconds, 'fr'))).toBeCloseTo(seconds, 6);
    }
  });
  it('steps by hundredths, by tenths with Shift, by seconds with a page, and not below 0', () => {
    expect(steppedTime(1, 'ArrowUp', false)).toBe(1.01);
    expect(steppedTime(1, 'ArrowLeft', true)).toBe(0.9);
    expect(steppedTime(1, 'PageDown', false)).toBe(0);
    expect(steppedTime(0.003, 'ArrowDown', false)).toBe(0);
    expect(steppedTime(1, 'Enter', false)).toBeUndefined();
  });
});

describe('a selection', () => {
  it('is drawn either way, stays inside the sound, and is none when it is a click', () => {
    expect(selectionOf(2, 5, 10)).toEqual({ start: 2, end: 5 });
    expect(selectionOf(5, 2, 10)).toEqual({ start: 2, end: 5 });
    expect(selectionOf(8, 14, 10)).toEqual({ start: 8, end: 10 });
    expect(selectionOf(-1, 1, 10)).toEqual({ start: 0, end: 1 });
    expect(selectionOf(3, 3.01, 10)).toBeNull();
  });
  it('knows the cut one stands in', () => {
    const cuts = [
      { start: 1, end: 2 },
      { start: 4, end: 5 },
    ];
    expect([0.5, 1, 1.99, 2, 4.5].map((at) => cutAt(cuts, at))).toEqual([-1, 0, 0, -1, 1]);
  });
});

describe('what is drawn over the wave', () => {
  const edit = {
    ...plainEdit({ in: 1, out: 9, fadeIn: 0, fadeOut: 0 }),
    cuts: [{ start: 2, end: 3.5 }],
    markers: [{ at: 4, word: 'équipe' }],
  };
  const parts = {
    edit,
    selection: null,
    suggested: null,
    locked: false,
    say: deskWords('fr'),
    time: (seconds: number) => timeText(seconds, 'fr'),
    decimal: (value: number) => value.toFixed(1).replace('.', ','),
  };
  it('names each stretch by its time and length', () => {
    const [cut, marker] = stretchesOf(parts);
    expect(cut).toMatchObject({ id: 'cut-0', start: 2, end: 3.5, resize: true });
    // Figures keep to their units by spaces that do not break.
    const plain = (text: string | undefined) => text?.replace(/\s/g, ' ');
    expect(plain(cut?.content)).toBe('−1,5 s');
    expect(plain(cut?.label)).toBe('Coupe 1, de 0:02,000 à 0:03,500, 1,5 s');
    expect(marker).toMatchObject({ id: 'marker-0', start: 4, content: '◆ équipe' });
  });
  it('shows a selection and a suggestion where there is one, and lets nobody move what is locked', () => {
    const all = stretchesOf({ ...parts, selection: { start: 5, end: 6 }, suggested: edit, locked: true });
    expect(all.map(({ id }) => id)).toEqual(['suggestion-0', 'cut-0', 'selection-0', 'marker-0']);
    expect(all.find(({ id }) => id === 'cut-0')?.resize).toBe(false);
  });
  it('touches on the drawing only what differs', () => {
    const regions = new FakeRegions();
    showStretches(regions, stretchesOf(parts));
    const [cut] = regions.getRegions();
    showStretches(regions, stretchesOf({ ...parts, selection: { start: 5, end: 6 } }));
    expect(regions.getRegions()[0]).toBe(cut);
    expect(regions.getRegions().map(nameOf)).toEqual(['cut-0', 'marker-0', 'selection-0']);
    showStretches(regions, stretchesOf({ ...parts, edit: { ...edit, cuts: [{ start: 2, end: 3 }], markers: [] } }));
    expect(regions.getRegions()).toEqual([cut]);
    expect(cut).toMatchObject({ start: 2, end: 3 });
  });
});

describe('J and L', () => {
  it('go faster the same way, and turn round at the slowest', () => {
    const presses = (rate: number, direction: -1 | 1, times: number) =>
      Array.from({ length: times }, () => {
        rate = nextRate(rate, direction);
        return rate;
      });
    expect(presses(0, 1, 5)).toEqual([1, 1.5, 2, 3, 3]);
    expect(presses(0, -1, 4)).toEqual([-1, -2, -4, -4]);
    expect(nextRate(2, -1)).toBe(-1);
    expect(nextRate(-4, 1)).toBe(1);
    expect(nextRate(0.5, 1)).toBe(1);
  });
});

describe('a step of the history', () => {
  it('is called in words, or as whoever made it called it', () => {
    const say = deskWords('fr');
    expect(stepWord('stepCut', say)).toBe('coupe');
    expect(stepWord('stepsDone', say)).toBe('stepsDone');
    expect(stepWord('Repris du train', say)).toBe('Repris du train');
    expect(stepWord(null, say)).toBe('');
  });
});
