import { describe, expect, it } from 'vitest';
import { readCaptions } from '../../../../electron/studio/transcript/read-captions.ts';
import { captionsApart } from '../../../../electron/studio/transcript/reading.ts';
import { longestCaptionFile } from '../../../../shared/domain/captionFiles.ts';
import { longestCue, mostCues } from '../../../../shared/domain/captions.ts';
import { growth } from '../../../fixtures/growth.ts';

const head = '00:00:01,000 --> 00:00:02,000\n';
const stamp = (at: number) => new Date(at * 1000).toISOString().slice(11, 23);
/** Texts of `size` characters that a pattern may look through again from each of them. */
const hostile: Record<string, (size: number) => string> = {
  'open braces': (size) => head + '{\\'.repeat(size / 2),
  'open tags': (size) => head + '<'.repeat(size),
  'tags that begin': (size) => head + '<a'.repeat(size / 2),
  'closing tags that begin': (size) => head + '</a '.repeat(size / 4),
  'times in tags': (size) => head + '<1:'.repeat(size / 3),
  'signs that begin': (size) => head + '&a'.repeat(size / 2),
  'one sign without an end': (size) => `${head}&${'a'.repeat(size)}`,
  'numbers of signs': (size) => head + '&#1'.repeat(size / 3),
  blanks: (size) => `${head}a${' '.repeat(size)}b`,
  'blanks before an arrow': (size) => `00:00:01,000${' '.repeat(size)}--> x`,
  'blanks behind an arrow': (size) => `00:00:01,000 -->${' '.repeat(size)}x`,
  'blanks between arrows': (size) => `1${`${' '.repeat(50)}--> `.repeat(size / 55)}`,
  'blanks within times': (size) => `${'0 : '.repeat(size / 4)}--> 00:00:02`,
  arrows: (size) => '-->'.repeat(size / 3),
  'digits and arrows': (size) => `0${'->'.repeat(size / 2)}`,
  'line ends of Windows': (size) => head + '\r\n'.repeat(size / 2),
  'line ends of old': (size) => head + '\r'.repeat(size),
  'marks of byte order': (size) => head + '\uFEFF'.repeat(size),
  zeros: (size) => head + '\0'.repeat(size),
  'one long line': (size) => head + 'a'.repeat(size),
  'many short lines': (size) => head + 'a\n'.repeat(size / 2),
  'nested tags': (size) => `${head}${'<b>'.repeat(size / 7)}${'</b>'.repeat(size / 7)}`,
  'numbers alone': (size) => '1\n'.repeat(size / 2),
  notes: (size) => `WEBVTT\n\n${'NOTE\n'.repeat(size / 5)}`,
  passages: (size) => `${head}a\n\n`.repeat(size / 34),
};

describe('a caption file', () => {
  it.each(Object.entries(hostile))('of %s takes time as it grows, and no more', async (_, make) => {
    expect(await growth((size) => readCaptions(make(size)), [20_000, 160_000])).toBeLessThan(24);
  });

  it('of an hour, timed word by word and as long as a file may be, is read whole', async () => {
    const word = (index: number) => `<${stamp(index * 1.8)}><c>${'mot '.repeat(230)}</c>`;
    const cues = Array.from(
      { length: mostCues },
      (_, index) => `${stamp(index * 1.8)} --> ${stamp(index * 1.8 + 1.7)}\n${word(index)}\n`,
    );
    const text = ['WEBVTT\n', ...cues].join('\n');
    expect(text.length).toBeGreaterThan(longestCaptionFile * 0.95);
    expect(text.length).toBeLessThanOrEqual(longestCaptionFile);
    const read = await captionsApart()(text);
    expect(read?.cues).toHaveLength(mostCues);
    expect(read?.skipped).toBe(0);
  });

  it('of more passages than are kept is cut there, and the others are counted', async () => {
    const read = await readCaptions(
      Array.from({ length: 90_000 }, (_, index) => `${stamp(index)} --> ${stamp(index + 1)}\na\n`).join('\n'),
    );
    expect(read?.cues).toHaveLength(mostCues);
    expect(read?.skipped).toBe(88_000);
    expect(read?.cues.every(({ text }) => text.length <= longestCue)).toBe(true);
  });
});

describe('a reading apart', () => {
  it('answers as the reading itself does', async () => {
    const text = `WEBVTT\n\n${head}Bonjour {\\an8}<i>à tous</i>`;
    expect(await captionsApart()(text)).toEqual(await readCaptions(text));
    expect(await captionsApart()('rien')).toBeUndefined();
  });
  it('lets the studio go on meanwhile', async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns++;
    }, 1);
    await captionsApart()('\n'.repeat(longestCaptionFile));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(20);
  });
  it('is ended where it takes too long or too much, and the next one is read', async () => {
    const memory = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };
    const file = `${head}a\n\n`.repeat(50_000);
    expect(await captionsApart({ withinMs: 1, memory })(file)).toBeUndefined();
    const small = captionsApart({
      withinMs: 60_000,
      memory: { maxOldGenerationSizeMb: 12, maxYoungGenerationSizeMb: 2 },
    });
    expect(await small(`${head}${'ab\n'.repeat(600_000)}`)).toBeUndefined();
    expect(await small(`${head}a`)).toMatchObject({ cues: [{ text: 'a' }] });
  });
});
