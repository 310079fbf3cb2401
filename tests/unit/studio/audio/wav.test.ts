import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BadMaster, masterSha256, openMaster, parseWavHeader } from '../../../../electron/studio/audio/wav.ts';
import { packS24 } from '../../../../shared/domain/pcm.ts';
import { wavHeader } from '../../../../shared/domain/wav.ts';
import { writeMaster } from '../../../fixtures/booth-sound.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'phonomaton-wav-'));
});
afterAll(() => rm(folder, { recursive: true }));

const samples = Float32Array.from({ length: 30_000 }, (_, index) => Math.fround(Math.sin(index / 20) * 0.5));
const pcm = packS24(samples);
const write = async (name: string, ...parts: Uint8Array[]) => {
  const path = join(folder, name);
  await writeFile(path, Buffer.concat(parts));
  return path;
};
const framesOf = async (path: string) => {
  const master = await openMaster(path);
  await master.close();
  return master.frames;
};

describe('a master', () => {
  test('is read back to the sample, whole or in part', async () => {
    const path = join(folder, 'whole.wav');
    const sha = await writeMaster(path, samples, 44_100);
    const master = await openMaster(path);
    expect(master).toMatchObject({ sampleRate: 44_100, frames: 30_000 });
    expect(packS24(await master.read(0, 30_000))).toEqual(pcm);
    expect(packS24(await master.read(100, 200))).toEqual(pcm.subarray(300, 600));
    expect(await master.read(29_990, 50_000)).toHaveLength(10);
    expect(await masterSha256(master)).toBe(sha);
    await master.close();
  });

  test('that was never closed is read to its end, a half frame left out', async () => {
    expect(await framesOf(await write('open.wav', wavHeader(48_000, null), pcm, Uint8Array.of(1, 2)))).toBe(30_000);
    expect(await framesOf(await write('zero.wav', wavHeader(48_000, 0), pcm))).toBe(30_000);
    expect(await framesOf(await write('cut.wav', wavHeader(48_000, pcm.length), pcm.subarray(0, 3000)))).toBe(1000);
  });

  test('with other chunks before its samples is understood', async () => {
    const head = wavHeader(48_000, pcm.length);
    const list = Buffer.from('LIST\x05\0\0\0hello\0', 'latin1');
    expect(await framesOf(await write('list.wav', head.subarray(0, 36), list, head.subarray(36), pcm))).toBe(30_000);
  });

  test('is refused when it is something else', async () => {
    const stereo = wavHeader(48_000, pcm.length);
    stereo[22] = 2;
    const float = wavHeader(48_000, pcm.length);
    float[20] = 3;
    const bad = [
      join(folder, 'missing.wav'),
      await write('empty.wav'),
      await write('text.wav', Buffer.from('this is no sound, but a rather long text about one')),
      await write('head.wav', wavHeader(48_000, 10).subarray(0, 30)),
      await write('stereo.wav', stereo, pcm),
      await write('float.wav', float, pcm),
      await write('rate.wav', wavHeader(1, pcm.length), pcm),
    ];
    for (const path of bad) await expect(openMaster(path)).rejects.toBeInstanceOf(BadMaster);
  });

  test('header says what it was made for', () => {
    expect(parseWavHeader(wavHeader(96_000, 999))).toEqual({
      sampleRate: 96_000,
      channels: 1,
      bits: 24,
      dataOffset: 44,
      dataBytes: 999,
    });
    expect(parseWavHeader(wavHeader(96_000, null))?.dataBytes).toBeNull();
  });
});
