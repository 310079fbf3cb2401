import { describe, expect, it } from 'vitest';
import { waveHeights } from '../../../../renderer/desk/editor/wave/wave-heights.ts';
import { blockFrames, createMasterReader, MasterUnread } from '../../../../renderer/desk/sound/master.ts';
import { ticks } from '../../../../renderer/desk/sound/ticks.ts';
import { bytesPerFrame, packS24 } from '../../../../shared/domain/pcm.ts';

describe('the scale of time', () => {
  const all = (duration: number, width: number) => ticks({ from: 0, to: duration, duration, width }, 64);
  it('takes the finest round step that fits', () => {
    expect(all(29.3, 768)).toEqual([0, 5, 10, 15, 20, 25]);
    expect(all(90, 450)).toEqual([0, 15, 30, 45, 60, 75]);
    expect(all(3, 640)).toEqual([0, 0.5, 1, 1.5, 2, 2.5]);
    expect(all(600, 100)).toEqual([0]);
  });
  it('lets no label run past the end', () => {
    expect(all(14.1, 760)).toEqual([0, 2, 4, 6, 8, 10, 12]);
  });
  it('has only what is in sight, close up', () => {
    expect(ticks({ from: 12.13, to: 14.13, duration: 1800, width: 800 }, 64)).toEqual([
      12.2, 12.4, 12.6, 12.8, 13, 13.2, 13.4, 13.6, 13.8, 14,
    ]);
  });
  it('is empty where there is no sound or no room', () => {
    expect(all(0, 640)).toEqual([]);
    expect(all(Number.NaN, 640)).toEqual([]);
    expect(all(90, 0)).toEqual([]);
  });
});

describe('the drawn wave', () => {
  it('takes the larger of each bin, either side of zero, and scales the loudest to its height', () => {
    const drawn = waveHeights({ values: [-10, 5, -64, 3, 0, 32, -1, 1] });
    expect(drawn).toHaveLength(4);
    expect(drawn[1]).toBeCloseTo(0.95);
    expect(drawn[2]).toBeCloseTo(0.475);
  });
  it('leaves silence flat and near silence small, and draws something for no sound at all', () => {
    expect([...waveHeights({ values: [0, 0, 0, 0] })]).toEqual([0, 0]);
    expect(Math.max(...waveHeights({ values: [-1, 1, 0, 1] }))).toBeLessThan(0.1);
    expect([...waveHeights({ values: [] })]).toEqual([0]);
  });
});

describe('a master read by ranges', () => {
  const frames = blockFrames * 3 + 1000;
  const offset = 44;
  const samples = Float32Array.from({ length: frames }, (_, index) => ((index % 2000) - 1000) / 0x800000);
  const file = new Uint8Array(offset + frames * bytesPerFrame);
  file.set(packS24(samples), offset);
  function door() {
    const asked: string[] = [];
    const send = async (_url: string | URL | Request, init?: RequestInit) => {
      const range = new Headers(init?.headers).get('range') ?? '';
      asked.push(range);
      const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
      return new Response(file.slice(Number(from), Number(to) + 1), { status: 206 });
    };
    const place = { url: '/media/x.wav', dataOffset: offset, sampleRate: 48_000, frames };
    return { asked, master: createMasterReader(place, send) };
  }

  it('gives any stretch, silence beyond its ends, and asks for a block once', async () => {
    const { asked, master } = door();
    const across = await master.samples(blockFrames - 5, blockFrames + 5);
    expect(across).toEqual(samples.slice(blockFrames - 5, blockFrames + 5));
    expect(asked).toHaveLength(2);
    expect(await master.samples(10, 20)).toEqual(samples.slice(10, 20));
    expect(asked).toHaveLength(2);
    const ends = await master.samples(frames - 2, frames + 2);
    expect([...ends]).toEqual([samples[frames - 2], samples[frames - 1], 0, 0]);
    expect([...(await master.samples(-3, 1))]).toEqual([0, 0, 0, samples[0]]);
    expect((await master.samples(5, 5)).length).toBe(0);
  });
  it('asks again for what could not be read', async () => {
    let down = true;
    const place = { url: '/x', dataOffset: offset, sampleRate: 48_000, frames };
    const master = createMasterReader(place, async () =>
      down
        ? new Response('no', { status: 403 })
        : new Response(file.slice(offset, offset + blockFrames * 3), { status: 206 }),
    );
    await expect(master.samples(0, 10)).rejects.toThrow(MasterUnread);
    down = false;
    expect(await master.samples(0, 10)).toEqual(samples.slice(0, 10));
  });
  it('keeps a minute and a half, however long the master', async () => {
    const place = { url: '/x', dataOffset: 0, sampleRate: 48_000, frames: blockFrames * 200 };
    const master = createMasterReader(
      place,
      async () => new Response(new Uint8Array(blockFrames * 3), { status: 206 }),
    );
    for (let at = 0; at < 200; at++) await master.samples(at * blockFrames, at * blockFrames + 1);
    expect(master.held()).toBe(64);
  });
});
