import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packS24, unpackS24 } from '../../../../shared/domain/pcm.ts';

const one = (sample: number) => [...packS24(Float32Array.of(sample))];

describe('24-bit PCM', () => {
  test('is little-endian two’s complement, rounded and clamped', () => {
    expect(one(0)).toEqual([0, 0, 0]);
    expect(one(0.5)).toEqual([0, 0, 0x40]);
    expect(one(-1)).toEqual([0, 0, 0x80]);
    expect(one(1)).toEqual([0xff, 0xff, 0x7f]);
    expect(one(-2)).toEqual([0, 0, 0x80]);
    expect(one(Infinity)).toEqual([0xff, 0xff, 0x7f]);
    expect(one(Number.NaN)).toEqual([0, 0, 0]);
    expect(one(-1 / 0x800000)).toEqual([0xff, 0xff, 0xff]);
    expect([...packS24(Float64Array.of(1.6 / 0x800000))]).toEqual([2, 0, 0]);
  });

  test('every 24-bit value survives the way through float samples', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const pcm = bytes.subarray(0, bytes.length - (bytes.length % 3));
        expect(packS24(unpackS24(pcm))).toEqual(new Uint8Array(pcm));
      }),
    );
  });

  test('refuses half frames and too little room', () => {
    expect(() => unpackS24(new Uint8Array(4))).toThrow(RangeError);
    expect(() => packS24(new Float32Array(2), new Uint8Array(5))).toThrow(RangeError);
    expect(() => unpackS24(new Uint8Array(6), new Float32Array(1))).toThrow(RangeError);
  });
});
