import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import checker from 'webvtt-parser';
import { readCaptions } from '../../../../electron/studio/transcript/read-captions.ts';
import { captionFormats, writeCaptions, writeVtt } from '../../../../shared/domain/captionFiles.ts';
import { type Cue, tidyCues } from '../../../../shared/domain/captions.ts';

/** Texts a person may write: letters of all kinds, and what files use as signs. */
const text = fc
  .array(
    fc.oneof(
      fc.stringMatching(/^[\p{L}\p{N}’'",;:!?«» -]{1,20}$/u),
      fc.constantFrom(
        'a < b & c',
        'line: un',
        'NOTE',
        'WEBVTT',
        '1',
        '-->',
        '→',
        '&amp;',
        'l’été',
        'STYLE',
        'Region: ici',
      ),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.join(' ').trim())
  .filter((some) => some !== '');
const tidy = fc
  .array(fc.record({ start: fc.nat(3_600_000), length: fc.integer({ min: 100, max: 9000 }), text }), {
    minLength: 1,
    maxLength: 12,
  })
  .map((rows) =>
    tidyCues(
      rows.map((row) => ({ start: row.start / 1000, end: (row.start + row.length) / 1000, text: row.text })),
      4000,
    ),
  );
/** The arrow of a time is the one sign a text cannot keep. */
const kept = (cues: readonly Cue[]) => cues.map((cue) => ({ ...cue, text: cue.text.replaceAll('-->', '→') }));

describe('caption files', () => {
  it.each(captionFormats)('come back from %s as they were', async (format) => {
    await fc.assert(
      fc.asyncProperty(tidy, async (cues) => {
        // SubRip knows no way to write a sign that only looks like an entity; most programs write entities there.
        const plain =
          format === 'srt' ? cues.map((cue) => ({ ...cue, text: cue.text.replaceAll('&amp;', 'et') })) : cues;
        const read = await readCaptions(writeCaptions(format, plain));
        expect(read).toEqual({ format, skipped: 0, cues: kept(plain) });
      }),
    );
  });
  it('are WebVTT as its own checker reads it', () => {
    fc.assert(
      fc.property(tidy, (cues) => {
        const checked = new checker.WebVTTParser().parse(writeVtt(cues), 'subtitles');
        expect(checked.errors).toEqual([]);
        expect(checked.cues).toHaveLength(cues.length);
      }),
    );
  });
  it('may hold nothing', () => {
    expect(new checker.WebVTTParser().parse(writeVtt([]), 'subtitles').errors).toEqual([]);
  });
});

const times = (read: Awaited<ReturnType<typeof readCaptions>>) =>
  read?.cues.map((cue) => [cue.start, cue.end, cue.text]);

describe('files from elsewhere', () => {
  it('may begin with a mark, end lines as Windows does, and leave out hours', async () => {
    const read = await readCaptions(
      '\uFEFFWEBVTT - Entretien\r\n\r\n00:01.500 --> 00:03.000 align:start\r\nBonjour\r\n',
    );
    expect(read).toEqual({ format: 'vtt', skipped: 0, cues: [{ start: 1.5, end: 3, text: 'Bonjour' }] });
  });
  it('may write commas and points as they like, short figures, and old line ends', async () => {
    const read = await readCaptions(
      '1\r0:0:1,5 --> 0:0:2.25\rUn\r\r2\r00:00:03.000-->00:00:04,000\rDeux\r\rWEBVTT ou pas\r1:00:00,000 --> 1:00:01,000\rTrois',
    );
    expect(read?.format).toBe('srt');
    expect(times(read)).toEqual([
      [1.5, 2.25, 'Un'],
      [3, 4, 'Deux'],
      [3600, 3601, 'Trois'],
    ]);
  });
  it('may forget the line between two passages, and their numbers', async () => {
    const read = await readCaptions(
      '1\n00:00:01,000 --> 00:00:02,000\nUn\n2\n00:00:02,000 --> 00:00:03,000\nDeux\n00:00:03,000 --> 00:00:04,000\nTrois\nfin',
    );
    expect(times(read)).toEqual([
      [1, 2, 'Un'],
      [2, 3, 'Deux'],
      [3, 4, 'Trois\nfin'],
    ]);
  });
  it('lose their notes, styles, tags, voices and signs', async () => {
    const read = await readCaptions(
      [
        'WEBVTT',
        'Kind: captions',
        '',
        'STYLE',
        '::cue { color: red }',
        '',
        'NOTE à relire',
        'encore',
        '',
        'un',
        '00:00.000 --> 00:02.000 line:0 position:20%',
        '<v Odile>Ça <i>tient</i>, <00:00:01.000><c.jaune>tu vois</c> &amp; voilà&nbsp;!',
        '',
        '00:02.000 --> 00:04.000',
        '{\\an8}<font color="#fff">Là-haut</font> a < b',
      ].join('\n'),
    );
    expect(times(read)).toEqual([
      [0, 2, 'Ça tient, tu vois & voilà\u00a0!'],
      [2, 4, 'Là-haut a < b'],
    ]);
  });
  it('may overlap: the passages are then set apart', async () => {
    const read = await readCaptions('00:00:01,000 --> 00:00:05,000\nUn\n\n00:00:03,000 --> 00:00:06,000\nDeux');
    expect(tidyCues(read?.cues ?? [], 60)).toEqual([
      { start: 1, end: 3, text: 'Un' },
      { start: 3, end: 6, text: 'Deux' },
    ]);
  });
  it('tell how much of them could not be read', async () => {
    const read = await readCaptions(
      '00:00:01,000 --> 00:00:02,000\nUn\n\n00:00:09,000 --> 00:00:03,000\nÀ rebours\n\n00:00:x --> 00:00:05\nQuoi\n\n00:00:06,000 --> 00:00:07,000\n\n',
    );
    expect(times(read)).toEqual([[1, 2, 'Un']]);
    expect(read?.skipped).toBe(3);
  });
  it.each(['', '\uFEFF', 'Bonjour.', '<html><body>Non</body></html>', '{"a":1}', '-->', '\0\0\0', 'WEBVTT\n'])(
    'that are none are refused: %j',
    async (nothing) => expect(await readCaptions(nothing)).toBeUndefined(),
  );
  it('never make it fall, whatever they hold', async () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom('00:00:01,000 --> 00:00:02,000', 'WEBVTT', 'NOTE', '', '1', 'a --> b'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line), fc.constantFrom('\n', '\r\n', '\r'), async (lines, end) => {
        const read = await readCaptions(lines.join(end));
        for (const cue of read?.cues ?? []) {
          expect(cue.end).toBeGreaterThan(cue.start);
          expect(cue.text.trim()).not.toBe('');
        }
        expect(read?.skipped ?? 0).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
