import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText, fileName } from '../../../../renderer/desk/words/caption-file.ts';
import {
  type Acted,
  addRow,
  draftOf,
  joinRow,
  pasteInto,
  type Row,
  sameTranscript,
  stampRow,
  transcriptOf,
} from '../../../../renderer/desk/words/cue-rows.ts';
import { nextTitle } from '../../../../renderer/desk/words/titles.ts';
import { cuesProblem, tidyCues } from '../../../../shared/domain/captions.ts';

const until = 30;
const told = (acted: Acted | undefined) => acted?.rows.map((row) => [row.start, row.end, row.text]);
const rowsOf = (...cues: [number, number, string][]): Row[] =>
  draftOf({
    language: 'fr',
    origin: 'typed',
    checked: false,
    cues: cues.map(([start, end, text]) => ({ start, end, text })),
  }).rows;

describe('« a passage begins here »', () => {
  it('begins the first one where the sound is', () => {
    const first = addRow([], 0.9, until);
    expect(told(first)).toEqual([[0.9, 30, '']]);
    expect(first.focus.key).toBe(first.rows[0]?.key);
  });
  it('at the end of a text begins the next one', () => {
    const rows = rowsOf([0, 30, 'Je répare des vélos.']);
    const acted = stampRow(rows, 0, 20, 4.2, until);
    expect(told(acted)).toEqual([
      [0, 4.2, 'Je répare des vélos.'],
      [4.2, 30, ''],
    ]);
    expect(acted.focus).toEqual({ key: acted.rows[1]?.key, caret: 0 });
  });
  it('inside a text cuts it there, at the playhead or, when that is elsewhere, by its length', () => {
    const rows = rowsOf([0, 10, 'un deux'], [20, 30, 'trois']);
    expect(told(stampRow(rows, 0, 2, 7, until))?.slice(0, 2)).toEqual([
      [0, 7, 'un'],
      [7, 10, 'deux'],
    ]);
    const [first, second] = stampRow(rows, 0, 2, 25, until).rows;
    expect(first?.end).toBeCloseTo((10 * 2) / 7);
    expect(second?.start).toBe(first?.end);
  });
  it('at the beginning of a text sets it there, closes the one before, and goes on', () => {
    const rows = rowsOf([0, 5, 'un'], [5, 10, 'deux'], [10, 15, 'trois']);
    const acted = stampRow(rows, 1, 0, 6.5, until);
    expect(told(acted)).toEqual([
      [0, 6.5, 'un'],
      [6.5, 10, 'deux'],
      [10, 15, 'trois'],
    ]);
    expect(acted.focus.key).toBe(rows[2]?.key);
  });
  it('times a whole text key by key: what is still to come makes room', () => {
    let rows = rowsOf([0, 1, 'un'], [1, 2, 'deux'], [2, 3, 'trois'], [3, 4, 'quatre']);
    const heard = [0.5, 6, 13, 21];
    for (const [index, moment] of heard.entries()) rows = stampRow(rows, index, 0, moment, until).rows;
    expect(rows.map((row) => row.start)).toEqual(heard);
    expect(cuesProblem(tidyCues(rows, until), until)).toBeNull();
  });
  it('keeps the order and every word, wherever it is pressed', () => {
    const cues = fc.array(fc.tuple(fc.nat(29), fc.stringMatching(/^[a-z]{1,6}( [a-z]{1,6})?$/)), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(
        cues,
        fc.nat(),
        fc.nat(8),
        fc.double({ min: 0, max: until, noNaN: true }),
        (some, at, caret, moment) => {
          const tidy = tidyCues(
            some.map(([start, text]) => ({ start, end: start + 1, text })),
            until,
          );
          const rows = draftOf({ language: 'fr', origin: 'typed', checked: false, cues: tidy }).rows;
          const acted = stampRow(
            rows,
            at % rows.length,
            Math.min(caret, rows[at % rows.length]?.text.length ?? 0),
            moment,
            until,
          );
          const letters = (all: readonly { text: string }[]) =>
            all
              .map((row) => row.text)
              .join('')
              .replace(/\s/g, '');
          expect(letters(acted.rows)).toBe(letters(rows));
          expect(acted.rows.every((row, index) => row.start >= (acted.rows[index - 1]?.start ?? 0))).toBe(true);
          expect(acted.rows.some((row) => row.key === acted.focus.key)).toBe(true);
        },
      ),
    );
  });
});

describe('passages', () => {
  it('are joined to the one before', () => {
    const rows = rowsOf([0, 5, 'un'], [5, 10, 'deux']);
    const acted = joinRow(rows, 1);
    expect(told(acted)).toEqual([[0, 10, 'un deux']]);
    expect(acted?.focus).toEqual({ key: rows[0]?.key, caret: 3 });
    expect(joinRow(rows, 0)).toBeUndefined();
  });
  it('take a longer text apart', () => {
    const acted = pasteInto(rowsOf([0, 12, '']), 0, 'Une phrase.\nUne autre, plus longue.');
    expect(acted?.rows.map((row) => row.text)).toEqual(['Une phrase.', 'Une autre, plus longue.']);
    expect(acted?.rows.at(-1)?.end).toBe(12);
  });
  it('are stored tidy, and not at all when nothing is written', () => {
    const take = { frames: 48_000 * 30, sampleRate: 48_000 } as never;
    const portrait = { take, edit: null, language: 'nl' as const };
    const draft = { ...draftOf(null), rows: addRow([], 2, until).rows };
    expect(transcriptOf(draft, portrait)).toBeNull();
    const written = transcriptOf({ ...draft, rows: rowsOf([2, 40, ' mot ']) }, portrait);
    expect(written).toEqual({
      language: 'nl',
      origin: 'typed',
      checked: false,
      cues: [{ start: 2, end: 30, text: 'mot' }],
    });
    expect(sameTranscript(written, written && { ...written, checked: true })).toBe(false);
    expect(sameTranscript(written, structuredClone(written))).toBe(true);
    expect(sameTranscript(written, null)).toBe(false);
  });
});

describe('a file somebody brings', () => {
  const bytes = (text: string, encoding: BufferEncoding) => new Uint8Array(Buffer.from(text, encoding));
  it('is read in the letters it was written in', () => {
    expect(decodeText(bytes('Équipe', 'utf8'))).toBe('Équipe');
    expect(decodeText(bytes('Équipe', 'latin1'))).toBe('Équipe');
    expect(decodeText(bytes('\ufeffÉquipe', 'utf16le'))).toBe('Équipe');
  });
  it('gets a name any system takes', () => {
    expect(fileName('Odile : « L’été ? »', '0190b6b0-0000-7000-8000-0000000000a2')).toBe('odile-l-ete');
    expect(fileName('…', '0190b6b0-0000-7000-8000-0000000000a2')).toBe('portrait-0000a2');
  });
});

describe('suggested titles', () => {
  it('come one after the other, and never over words of one’s own', () => {
    const titles = ['Un', 'Deux'];
    expect(nextTitle(titles, ' ')).toBe('Un');
    expect(nextTitle(titles, 'Un')).toBe('Deux');
    expect(nextTitle(titles, 'Deux')).toBe('Un');
    expect(nextTitle(titles, '', -1)).toBe('Deux');
    expect(nextTitle(titles, 'À moi')).toBeUndefined();
    expect(nextTitle([], '')).toBeUndefined();
  });
});
