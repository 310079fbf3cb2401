import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createAudio } from '../../../electron/studio/audio/audio.ts';
import { carriedFfmpeg } from '../../../electron/studio/audio/find.ts';
import { squareJpeg } from '../../../electron/studio/audio/picture.ts';
import { NoRoom } from '../../../electron/studio/room.ts';
import { defaultTarget } from '../../../shared/domain/sound.ts';
import { jpeg, profileBomb, twoSizes } from '../../fixtures/bombs/pictures.ts';
import { film, pictured, silence, wave } from '../../fixtures/bombs/sounds.ts';

const folder = mkdtempSync(join(tmpdir(), 'foreign-'));
afterAll(() => rmSync(folder, { recursive: true }));

const mega = 1024 ** 2;
const pixels = (side: number) => (side + 64) ** 2;
const binaries = ['ffmpeg', carriedFfmpeg() ?? 'ffmpeg'];

/** What came through the first fence all the same. */
describe.each(binaries)('a picture given to %s as it is', (name) => {
  const run = { binary: name === 'ffmpeg' ? '/usr/bin/ffmpeg' : name };

  it('is made where it is what it says', async () => {
    const made = await squareJpeg(run, { kind: 'jpeg', bytes: jpeg(1500, 1400), mostPixels: pixels(1500) }, 1400);
    expect(made.length).toBeGreaterThan(1000);
  });
  it('is not decoded where it is larger than it says', async () => {
    const small = squareJpeg(run, { kind: 'jpeg', bytes: jpeg(5000, 5000), mostPixels: pixels(1500) }, 1400);
    await expect(small).rejects.toMatchObject({ name: 'ProgramFailed', failure: 'died' });
    const lies = twoSizes(jpeg(5000, 5000), 1500, 1500);
    const two = squareJpeg(run, { kind: 'jpeg', bytes: lies, mostPixels: pixels(1500) }, 1400);
    await expect(two).rejects.toMatchObject({ failure: expect.stringMatching(/died|saidNonsense/) });
  });
  it('is not decoded as anything but what it was taken for', async () => {
    const wrong = squareJpeg(run, { kind: 'png', bytes: jpeg(1500, 1400), mostPixels: pixels(1500) }, 1400);
    await expect(wrong).rejects.toMatchObject({ name: 'ProgramFailed' });
  });
  it('does not unpack a profile without an end', async () => {
    // Refused or made: what it must not do is take what the profile asks for, and it cannot.
    const bytes = profileBomb(500 * mega);
    const done = await squareJpeg(run, { kind: 'png', bytes, mostPixels: pixels(1400) }, 1400).then(
      () => 'made',
      (error: { failure?: string }) => error.failure,
    );
    expect(done).toMatch(/made|died|saidNonsense/);
  });
});

describe('a sound from elsewhere', () => {
  const audioWith = (more: Partial<Parameters<typeof createAudio>[0]> = {}) =>
    createAudio({ ffmpegPath: () => '', target: () => defaultTarget, folder: join(folder, 'renditions'), ...more });
  const file = (name: string, bytes: Uint8Array) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };
  const output = join(folder, 'master.wav');

  it('is heard, whatever stands in front of it or beside it', async () => {
    const audio = audioWith();
    for (const [name, bytes] of [
      ['a.mp3', pictured(300 * mega)],
      ['a.mkv', film()],
    ] as const) {
      const decoded = await audio.decodeToMaster(file(name, bytes), output);
      expect(decoded.ok && decoded.value.frames / decoded.value.sampleRate, name).toBeCloseTo(1, 1);
      rmSync(output);
    }
  });
  it.each([
    ['thousands of channels', wave({ channels: 65_535 })],
    ['a rate beyond hearing', wave({ rate: 4_000_000_000 })],
    ['no bits', wave({ bits: 0 })],
  ])('that says %s is none, and leaves nothing', async (_, bytes) => {
    const decoded = await audioWith().decodeToMaster(file('b.wav', bytes), output);
    if (decoded.ok) rmSync(output);
    else expect(decoded.error).toBe('badMaster');
    expect(readdirSync(folder).filter((name) => name.endsWith('.part') || name === 'master.wav')).toEqual([]);
  });
  it('is let go as soon as there is no room for more of it, and leaves nothing', async () => {
    const small = file('c.flac', silence(30));
    const stop = new AbortController();
    const audio = audioWith({
      withRoom: async (_, outer, work) => {
        const timer = setInterval(() => {
          const written = readdirSync(folder).some((name) => name.startsWith('master.wav') && name.endsWith('.part'));
          if (written) stop.abort(new NoRoom());
        }, 1);
        try {
          return await work(outer ? AbortSignal.any([outer, stop.signal]) : stop.signal);
        } finally {
          clearInterval(timer);
        }
      },
    });
    expect(await audio.decodeToMaster(small, output)).toMatchObject({ ok: false, error: 'diskFull' });
    expect(readdirSync(folder).filter((name) => name.startsWith('master'))).toEqual([]);
  });
});
