import { describe, expect, it } from 'vitest';
import { barePicture } from '../../../../electron/studio/publication/bare-picture.ts';
import {
  packedZeros,
  png,
  pngChunk,
  pngHead,
  pngRows,
  profileBomb,
  textBomb,
} from '../../../fixtures/bombs/pictures.ts';

const segment = (marker: number, data: readonly number[]) =>
  Buffer.from([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 255, ...data]);
const frame = (width: number, height: number, marker = 0xc0) =>
  segment(marker, [8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]);
const scan = (data: readonly number[]) => Buffer.concat([segment(0xda, [1, 1, 0, 0, 63, 0]), Buffer.from(data)]);
const start = Buffer.from([0xff, 0xd8]);
const over = Buffer.from([0xff, 0xd9]);
const jpeg = (...parts: Buffer[]) => Buffer.concat([start, ...parts, over]);
const plain = [frame(1400, 1500), segment(0xc4, [0, 1, 2]), scan([1, 2, 0xff, 0, 3, 0xff, 0xd0, 4])];

describe('a PNG', () => {
  it('keeps its pixels and nothing beside them', () => {
    const rows = pngRows(2, 2);
    const beside = ['iCCP', 'zTXt', 'iTXt', 'tEXt', 'eXIf', 'acTL', 'fcTL', 'fdAT', 'sRGB'].map((name) =>
      pngChunk(name, packedZeros(1000)),
    );
    expect(barePicture(png(2, 2, [...beside, rows, ...beside]))).toEqual({
      kind: 'png',
      width: 2,
      height: 2,
      bytes: png(2, 2, [rows]),
    });
  });
  it('loses what unpacks to a thousand times its size', () => {
    const rows = png(1400, 1400, [pngRows(1400, 1400)]);
    for (const bomb of [profileBomb(10_000_000), textBomb(10_000_000)]) {
      expect(barePicture(bomb)?.bytes.equals(rows)).toBe(true);
    }
  });
  it.each([
    ['has a second size', png(2, 2, [pngHead(60_000, 60_000), pngRows(2, 2)])],
    ['does not come to its end', png(2, 2, [pngRows(2, 2)]).subarray(0, -12)],
    ['has a chunk longer than itself', png(2, 2, [Buffer.from([0x7f, 0xff, 0xff, 0xff, 0x49, 0x44, 0x41, 0x54])])],
    ['begins with its pixels', Buffer.concat([png(2, 2, []).subarray(0, 8), pngRows(2, 2), pngHead(2, 2)])],
  ])('that %s is none', (_, bytes) => expect(barePicture(bytes)).toBeUndefined());
});

describe('a JPEG', () => {
  it('keeps its tables, its scans, which way is up and how its colours are meant', () => {
    const kept = [segment(0xe0, [1]), segment(0xe1, [2]), segment(0xee, [3])];
    const lost = [segment(0xe2, [4, 5]), segment(0xfe, [6]), segment(0xed, [7])];
    const read = barePicture(Buffer.concat([jpeg(...kept, ...lost, ...plain), Buffer.from('and more behind it')]));
    expect(read).toEqual({ kind: 'jpeg', width: 1400, height: 1500, bytes: jpeg(...kept, ...plain) });
  });
  it('may fill up before a marker, and may have a picture of its own inside a segment', () => {
    const small = [...jpeg(frame(9000, 9000), scan([1]))];
    expect(barePicture(jpeg(segment(0xe1, small), Buffer.from([0xff]), ...plain))).toMatchObject({ width: 1400 });
  });
  it.each([
    ['says two sizes', jpeg(frame(10, 10), ...plain)],
    ['says another size after its first scan', jpeg(...plain, frame(60_000, 60_000), scan([1]))],
    ['says no size', jpeg(scan([1]))],
    ['has no scan', jpeg(frame(10, 10))],
    ['does not come to its end', jpeg(...plain).subarray(0, -2)],
    ['ends within a segment', jpeg(...plain).subarray(0, 8)],
    ['has a segment of no length', Buffer.from([0xff, 0xd8, 0xff, 0xdb, 0, 0, 0xff, 0xd9])],
    ['has something between two segments', jpeg(Buffer.from([0]), ...plain)],
    ['is of a kind nobody writes', jpeg(frame(1400, 1400, 0xc3), scan([1]))],
    ['says its height later', jpeg(...plain, segment(0xdc, [0x60, 0]))],
    ['is told again and again', jpeg(...plain, ...Array.from({ length: 200 }, () => scan([1])))],
    ['is none', Buffer.from('GIF89a')],
  ])('that %s is none', (_, bytes) => expect(barePicture(bytes)).toBeUndefined());
});
