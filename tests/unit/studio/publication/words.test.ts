import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barePicture } from '../../../../electron/studio/publication/bare-picture.ts';
import { drawCover } from '../../../../electron/studio/publication/cover.ts';
import { rss } from '../../../../electron/studio/publication/feed.ts';
import { batchName, plainName, planOf } from '../../../../electron/studio/publication/names.ts';
import { createProgress } from '../../../../electron/studio/publication/progress.ts';
import { csv } from '../../../../electron/studio/publication/table.ts';

describe('names', () => {
  it('are plain whatever the title is', () => {
    expect(plainName('L’œuvre d’Inès : « Straße » №4')).toBe('l-oeuvre-d-ines-strasse-no4');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (title) => {
        expect(batchName(title)).toMatch(/^lot(-[a-z0-9]+)*$/);
        expect(batchName(title).length).toBeLessThanOrEqual(52);
      }),
    );
  });
  it('differ where titles do not', () => {
    const portraits = [1, 2].map((n) => ({ id: `0190b6b0-0000-7000-8000-00000000000${n}`, title: '///' }));
    expect(planOf(portraits).map(({ name }) => name)).toEqual(['01-000001', '02-000002']);
  });
});

describe('the table', () => {
  it('neutralises what a spreadsheet would reckon, and leaves numbers alone', () => {
    expect(csv([['=1+1', '+33', '-x', '@a', ' =2', 'a"b', -3]])).toBe(
      '\ufeff"\'=1+1";"\'+33";"\'-x";"\'@a";"\' =2";"a""b";"-3"\r\n',
    );
  });
});

it('a feed holds nothing XML cannot', () => {
  const feed = {
    batchId: 'b',
    title: 'a\u0000b\ud800 & <c>',
    owner: undefined,
    description: '',
    author: '',
    language: 'fr',
    url: '',
  };
  const text = rss({ ...feed, image: 'cover.jpg', items: [] });
  expect(text).toContain('<title>ab\ufffd &amp; &lt;c&gt;</title>');
});

describe('a picture', () => {
  it('is known by its first bytes and by nothing else', () => {
    expect(barePicture(new Uint8Array())).toBeUndefined();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        barePicture(bytes);
        barePicture(Uint8Array.from([0xff, 0xd8, ...bytes]));
      }),
    );
  });
  it('is drawn the same from the same voices, inside its square', () => {
    const ring = Array.from({ length: 96 }, (_, bar) => bar % 128);
    const { rgb, side } = drawCover([ring, ring, ring], 200);
    expect(rgb).toEqual(drawCover([ring, ring, ring], 200).rgb);
    const edge = [0, side - 1, (side - 1) * side, side * side - 1];
    for (const at of edge) expect([...rgb.slice(at * 3, at * 3 + 3)]).toEqual([0x0b, 0x4f, 0x6c]);
    expect(drawCover([], 50).rgb.length).toBe(50 * 50 * 3);
  });
});

it('progress counts estimates until they are known, and only what was made now for the speed', () => {
  const progress = createProgress(0);
  progress.expect('a', 1000);
  progress.expect('b', 1000);
  expect(progress.figures(0)).toEqual({ bytesDone: 0, bytesTotal: 2000, secondsLeft: null });
  progress.file('a', 400, false);
  progress.over('a');
  expect(progress.figures(5000)).toEqual({ bytesDone: 400, bytesTotal: 1400, secondsLeft: null });
  progress.share('b', 0.5);
  expect(progress.figures(5000)).toEqual({ bytesDone: 825, bytesTotal: 1400, secondsLeft: (575 / 425) * 5 });
});
