import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Audio, createAudio, type RenderRequest } from '../../../electron/studio/audio/audio.ts';
import { carriedFfmpeg } from '../../../electron/studio/audio/find.ts';
import { recipe, renditionId } from '../../../electron/studio/audio/recipe.ts';
import type { Rendition } from '../../../electron/studio/audio/shelf.ts';
import { plainEdit, suggestEdit } from '../../../shared/domain/edit.ts';
import { defaultTarget, formats } from '../../../shared/domain/sound.ts';
import { type BoothSoundOptions, boothSound, sentences, writeMaster } from '../../fixtures/booth-sound.ts';
import { decodedSeconds, judge } from '../../fixtures/judge.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'phonomaton-render-'));
});
afterAll(() => rm(folder, { recursive: true }));

const audioWith = (ffmpegPath: string, out: string): Audio =>
  createAudio({ ffmpegPath: () => ffmpegPath, target: () => defaultTarget, folder: join(folder, out) });

const all = recipe(defaultTarget, formats);
const two = recipe(defaultTarget, ['mp3', 'flac']);

async function prepared(audio: Audio, name: string, options: BoothSoundOptions) {
  const sound = await boothSound(options);
  const masterPath = join(folder, `${name}.wav`);
  const masterSha256 = await writeMaster(masterPath, sound.samples, sound.sampleRate);
  const take = await audio.analyse(masterPath);
  return { sound, take, request: { masterPath, masterSha256, edit: suggestEdit(take.trim) } };
}

async function rendered(audio: Audio, request: RenderRequest): Promise<Rendition> {
  const result = await audio.render(request);
  if (!result.ok) throw new Error(`${result.error}: ${result.detail}`);
  return result.value;
}

const voices: [string, BoothSoundOptions][] = [
  ['a woman at 48 kHz', { voice: 'fr+f2', text: sentences.fr }],
  ['a man at 44.1 kHz', { voice: 'nl+m3', text: sentences.nl, pitch: 30, sampleRate: 44_100, seed: 2 }],
  ['a headset at 16 kHz', { voice: 'en-gb+f4', text: sentences.en, sampleRate: 16_000, seed: 3 }],
  ['a studio card at 96 kHz', { voice: 'en-gb+m2', text: sentences.en, sampleRate: 96_000, seed: 4 }],
  ['a noisy hall', { voice: 'fr+m4', text: sentences.fr, noiseDb: -40, seed: 5 }],
  ['somebody far away', { voice: 'fr+f4', text: sentences.fr, speechDb: -50, noiseDb: -78, seed: 6 }],
  ['somebody shouting', { voice: 'fr+m7', text: sentences.fr, speechDb: -9, noiseDb: -50, seed: 7 }],
  ['a few words', { voice: 'fr+f1', text: 'Je fais du pain, la nuit, à Roubaix.', seed: 8 }],
];

// What is done to the sound is the same code with either; the carried one must decode and encode as well, at every rate.
describe.each([
  ['the system’s', '', voices],
  ['the carried', carriedFfmpeg() ?? 'missing', voices.slice(0, 4)],
] as const)('renditions with %s ffmpeg', (_, path, spoken) => {
  test.each(spoken)('%s is at the target in every format', async (name, options) => {
    const audio = audioWith(path, 'out');
    const { take, request } = await prepared(audio, name, options);
    const { files, duration } = await rendered(audio, { ...request, recipe: all });
    expect(files.map(({ format }) => format)).toEqual(formats);
    expect(duration).toBeCloseTo(take.trim.end - take.trim.start, 6);
    for (const file of files) {
      const { lufs, truePeak } = await judge(file.path);
      expect(Math.abs(lufs + 16), `${file.format} at ${lufs} LUFS`).toBeLessThanOrEqual(0.2);
      expect(truePeak, file.format).toBeLessThanOrEqual(-1);
      expect(Math.abs(lufs - (file.lufs ?? 0)), 'measured like the judge').toBeLessThanOrEqual(0.05);
      expect(Math.abs(truePeak - file.truePeak), 'measured like the judge').toBeLessThanOrEqual(0.2);
      expect(Math.abs((await decodedSeconds(file.path)) - duration), file.format).toBeLessThanOrEqual(0.05);
    }
    await audio.removeRendition(renditionId(request.masterSha256, request.edit, all));
  });
});

describe('a rendition', () => {
  const options: BoothSoundOptions = { voice: 'fr+f2', text: sentences.nl, seed: 9 };

  test('is the same to the byte when it is made again, and named by what it is made of', async () => {
    const [one, other] = [audioWith('', 'one'), audioWith('', 'other')];
    const { request } = await prepared(one, 'twice', options);
    const made = await rendered(one, { ...request, recipe: all });
    const again = await rendered(other, { ...request, recipe: all });
    expect(made.id).toBe(renditionId(request.masterSha256, request.edit, all));
    expect(again.files.map(({ sha256 }) => sha256)).toEqual(made.files.map(({ sha256 }) => sha256));
    expect(await readdir(join(folder, 'one'))).toEqual(
      [`${made.id}.flac`, `${made.id}.json`, `${made.id}.m4a`, `${made.id}.mp3`, `${made.id}.ogg`].sort(),
    );
    for (const { path, bytes } of made.files) expect((await readFile(path)).length).toBe(bytes);
    expect(made.files.map(({ mime }) => mime)).toEqual(['audio/mpeg', 'audio/flac', 'audio/ogg', 'audio/mp4']);
  });

  test('that is there is not made again; one that is damaged is', async () => {
    const audio = audioWith('', 'kept');
    const { request } = await prepared(audio, 'kept', options);
    const made = await rendered(audio, { ...request, recipe: two });
    const path = made.files[0]?.path ?? '';
    const past = new Date('2001-01-01');
    await utimes(path, past, past);
    const progress: number[] = [];
    const found = await audio.render({ ...request, recipe: two }, { onProgress: (share) => progress.push(share) });
    expect(found).toEqual({ ok: true, value: made });
    expect(progress).toEqual([]);
    await writeFile(path, (await readFile(path)).subarray(0, 1000));
    expect(await rendered(audio, { ...request, recipe: two })).toEqual(made);
    expect((await readFile(path)).length).toBe(made.files[0]?.bytes);
  });

  test('asked for by several at once is made once, with rising progress', async () => {
    const audio = audioWith('', 'shared');
    const { request } = await prepared(audio, 'shared', options);
    const heard: number[][] = [[], [], []];
    const results = await Promise.all(
      heard.map((own) => audio.render({ ...request, recipe: two }, { onProgress: (share) => own.push(share) })),
    );
    expect(results[1]).toEqual(results[0]);
    for (const own of heard) {
      expect(own.length).toBeGreaterThan(3);
      expect(own).toEqual(own.toSorted((a, b) => a - b));
      expect(own.at(-1)).toBe(1);
    }
    expect((await readdir(join(folder, 'shared'))).filter((name) => name.endsWith('.mp3'))).toHaveLength(1);
  });

  test('that is called off answers so and leaves nothing behind, and can be asked for again', async () => {
    const audio = audioWith('', 'cancelled');
    const { request } = await prepared(audio, 'cancelled', options);
    for (const at of [0, 0.2, 0.4]) {
      const leaving = new AbortController();
      const result = await audio.render(
        { ...request, recipe: two },
        { signal: leaving.signal, onProgress: (share) => share >= at && leaving.abort() },
      );
      expect(result).toMatchObject({ ok: false, error: 'cancelled' });
    }
    const leaving = AbortSignal.abort();
    expect(await audio.render({ ...request, recipe: two }, { signal: leaving })).toMatchObject({ error: 'cancelled' });
    const { files } = await rendered(audio, { ...request, recipe: two });
    expect(files).toHaveLength(2);
    expect((await readdir(join(folder, 'cancelled'))).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('begins and ends where the edit says, to the frame', async () => {
    const audio = audioWith('', 'exact');
    const { request, sound } = await prepared(audio, 'exact', options);
    const edit = plainEdit({ in: 2.345_678, out: 5.432_1, fadeIn: 0, fadeOut: 0 });
    const { files } = await rendered(audio, { ...request, edit, recipe: recipe(defaultTarget, ['flac']) });
    const frames = Math.round(edit.out * 48_000) - Math.round(edit.in * 48_000);
    expect(Math.round((await decodedSeconds(files[0]?.path ?? '')) * 48_000)).toBe(frames);
    const args = ['-v', 'error', '-i', files[0]?.path ?? '', '-f', 'f32le', '-'];
    const { stdout } = await promisify(execFile)('ffmpeg', args, { encoding: 'buffer', maxBuffer: 1e8 });
    // Where the limiter rests, the file is the master times one gain: the first sample in is the first one out.
    const first = Math.round(edit.in * 48_000);
    let [dot, own, other] = [0, 0, 0];
    for (let index = 0; index < frames; index++) {
      const [x, y] = [sound.samples[first + index] as number, stdout.readFloatLE(index * 4)];
      dot += x * y;
      own += x * x;
      other += y * y;
    }
    expect(dot / Math.sqrt(own * other)).toBeGreaterThan(0.999);
  });
});

describe('what cannot be rendered says why', () => {
  const ok = plainEdit({ in: 0, out: 5, fadeIn: 0, fadeOut: 0 });

  test('silence, a hall without a voice, and the pause of a take', async () => {
    const audio = audioWith('', 'silent');
    const { sound, request } = await prepared(audio, 'paused', { voice: 'fr+f2', text: sentences.nl, before: 6 });
    const silence = join(folder, 'silence.wav');
    const hall = join(folder, 'hall.wav');
    const cases = [
      { masterPath: silence, masterSha256: await writeMaster(silence, new Float32Array(480_000), 48_000), edit: ok },
      { masterPath: hall, masterSha256: await writeMaster(hall, sound.samples.slice(0, 280_000), 48_000), edit: ok },
      { ...request, edit: ok },
    ];
    for (const each of cases) {
      expect(await audio.render({ ...each, recipe: two })).toMatchObject({ ok: false, error: 'noSound' });
    }
  });

  test('a damaged, foreign, missing or swapped master', async () => {
    const audio = audioWith('', 'bad');
    const { request } = await prepared(audio, 'good', { voice: 'fr+f2', text: sentences.nl });
    const cut = join(folder, 'cut.wav');
    await writeFile(cut, (await readFile(request.masterPath)).subarray(0, 400_000));
    const flipped = join(folder, 'flipped.wav');
    const bytes = await readFile(request.masterPath);
    bytes[200_000] = (bytes[200_000] as number) ^ 1;
    await writeFile(flipped, bytes);
    const text = join(folder, 'text.wav');
    await writeFile(text, 'not a sound');
    for (const masterPath of [cut, flipped, text, join(folder, 'nowhere.wav'), folder]) {
      expect(await audio.render({ ...request, masterPath, recipe: two })).toMatchObject({
        ok: false,
        error: 'badMaster',
      });
    }
  });

  test('an edit outside the master', async () => {
    const audio = audioWith('', 'edit');
    const { request } = await prepared(audio, 'short', { voice: 'fr+f2', text: sentences.nl });
    const edit = plainEdit({ in: 0, out: 500, fadeIn: 0, fadeOut: 0 });
    expect(await audio.render({ ...request, edit, recipe: two })).toMatchObject({ ok: false, error: 'badEdit' });
  });

  test('no ffmpeg, an ffmpeg that dies, and one that comes back', async () => {
    const liar = join(folder, 'liar');
    const real = (await audioWith('', 'x').ffmpeg()) as { path: string };
    // Answers like an ffmpeg until it is asked to work.
    const script = `#!/bin/sh\ncase "$*" in *-version*|*-encoders*) exec ${real.path} "$@";; esac\necho boom >&2\nexit 3\n`;
    await writeFile(liar, script, { mode: 0o755 });
    const audio = audioWith(liar, 'liar-out');
    const { request } = await prepared(audio, 'liar', { voice: 'fr+f2', text: sentences.nl });
    expect(await audio.render({ ...request, recipe: two })).toMatchObject({ ok: false, error: 'ffmpegFailed' });
    expect(await readdir(join(folder, 'liar-out'))).toEqual([]);
    await copyFile(real.path, liar);
    expect(await audio.render({ ...request, recipe: two })).toMatchObject({ ok: true });

    let searchPath = join(folder, 'empty');
    const poor = createAudio({
      ffmpegPath: () => '',
      target: () => defaultTarget,
      folder: join(folder, 'poor'),
      find: {
        carried: () => null,
        get searchPath() {
          return searchPath;
        },
      },
    });
    expect(await poor.render({ ...request, recipe: two })).toMatchObject({ ok: false, error: 'noFfmpeg' });
    searchPath = process.env.PATH ?? '';
    expect(await poor.render({ ...request, recipe: two })).toMatchObject({ ok: true });
  });
});
