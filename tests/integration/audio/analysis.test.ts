import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAudio } from '../../../electron/studio/audio/audio.ts';
import { carriedFfmpeg, findFfmpeg } from '../../../electron/studio/audio/find.ts';
import { BadMaster, masterSha256, openMaster } from '../../../electron/studio/audio/wav.ts';
import type { CaptureAudio } from '../../../electron/studio/capture/ports.ts';
import { packS24 } from '../../../shared/domain/pcm.ts';
import { defaultTarget, type Warning } from '../../../shared/domain/sound.ts';
import { type BoothSoundOptions, boothSound, sentences, writeMaster } from '../../fixtures/booth-sound.ts';
import { judge } from '../../fixtures/judge.ts';

let folder = '';
const audio = createAudio({ ffmpegPath: () => '', target: () => defaultTarget, folder: join(tmpdir(), 'unused') });
/** Capture takes it as it is. */
const captureAudio: CaptureAudio = audio;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'phonomaton-analysis-'));
});
afterAll(() => rm(folder, { recursive: true }));

const long = `${sentences.fr} ${sentences.fr}`;
const takes: [string, BoothSoundOptions, Warning[]][] = [
  ['a woman', { voice: 'fr+f2', text: long }, []],
  ['a man', { voice: 'fr+m3', text: long, pitch: 30, before: 3, after: 4 }, []],
  ['a child', { voice: 'fr+f5', text: long, pitch: 90, speed: 140, before: 0.8 }, []],
  ['an old voice', { voice: 'fr+m1', text: long, pitch: 20, speed: 125, after: 6 }, []],
  ['Dutch', { voice: 'nl+m2', text: `${sentences.nl} ${sentences.nl} ${sentences.nl}` }, []],
  [
    'English at 44.1 kHz',
    { voice: 'en-gb+f2', text: `${sentences.en} ${sentences.en} ${sentences.en}`, sampleRate: 44_100 },
    [],
  ],
  ['a noisy hall', { voice: 'fr+f3', text: long, noiseDb: -41 }, ['noisy']],
  ['a very noisy hall', { voice: 'fr+m4', text: long, noiseDb: -38, seed: 4 }, ['noisy']],
  ['far away', { voice: 'fr+f4', text: long, speechDb: -48, noiseDb: -78 }, ['tooQuiet']],
  ['shouting', { voice: 'fr+m7', text: long, speechDb: -7, noiseDb: -50 }, ['clipped']],
  ['a few words', { voice: 'fr+f1', text: sentences.nl }, ['tooShort']],
];

describe('a take', () => {
  test.each(takes)('%s: edges, gain and marks', async (name, options, warnings) => {
    const sound = await boothSound(options);
    const live = captureAudio.live(sound.sampleRate);
    const pcm = packS24(sound.samples);
    // Chunks of a page: about 100 ms, never the same boundaries as those of the analysis.
    for (let at = 0; at < pcm.length; at += 3 * 4801) live.push(pcm.subarray(at, at + 3 * 4801));
    const take = await live.finish();

    expect(take.analysis.warnings).toEqual(warnings);
    expect(Math.abs((take.analysis.speech?.start ?? -9) - sound.speech.start)).toBeLessThanOrEqual(0.19);
    expect(Math.abs((take.analysis.speech?.end ?? -9) - sound.speech.end)).toBeLessThanOrEqual(0.19);
    expect(take.trim.start).toBeCloseTo(Math.max(0, (take.analysis.speech?.start ?? 0) - 0.3), 6);
    expect(take.peaks.values.length / 2).toBe(Math.ceil(take.analysis.duration * take.peaks.rate));

    const path = join(folder, `${name}.wav`);
    await writeMaster(path, sound.samples, sound.sampleRate);
    expect(await captureAudio.analyse(path)).toEqual(take);
    const whole = await judge(path);
    expect(Math.abs((take.analysis.loudness.integrated ?? 0) - whole.lufs)).toBeLessThanOrEqual(0.05);
    expect(Math.abs((take.analysis.loudness.truePeak ?? 0) - whole.truePeak)).toBeLessThanOrEqual(0.2);

    const trimmed = join(folder, `${name}-trimmed.wav`);
    const gain = 10 ** (take.gainDb / 20) / 8;
    const cut = sound.samples
      .slice(Math.round(take.trim.start * sound.sampleRate), Math.round(take.trim.end * sound.sampleRate))
      .map((sample) => sample * gain);
    await writeMaster(trimmed, cut, sound.sampleRate);
    // An eighth of the gain, so that nothing is clipped by the file.
    expect(Math.abs((await judge(trimmed)).lufs + 20 * Math.log10(8) + 16)).toBeLessThanOrEqual(0.1);
  });

  test('of silence or of a hall alone is silent, with no gain and nothing trimmed', async () => {
    const { samples, sampleRate } = await boothSound({ voice: 'fr+f2', text: 'Oui.', before: 20 });
    for (const sound of [new Float32Array(10 * sampleRate), samples.slice(0, 19 * sampleRate)]) {
      const live = audio.live(sampleRate);
      live.push(packS24(sound));
      const take = await live.finish();
      expect(take.analysis).toMatchObject({ speech: null, speechSeconds: 0, warnings: ['silent'] });
      expect(take.gainDb).toBe(0);
      expect(take.trim).toEqual({ start: 0, end: sound.length / sampleRate });
    }
  });

  test('without a single frame still has an answer', async () => {
    const take = await audio.live(48_000).finish();
    expect(take).toMatchObject({ gainDb: 0, trim: { start: 0, end: 0 }, peaks: { values: [] } });
    expect(take.analysis.warnings).toEqual(['silent']);
  });

  test('that breaks the analysis is told at the end, never by a throw while it is written', async () => {
    const broken = audio.live(48_000);
    broken.push(new Uint8Array(4));
    broken.push(new Uint8Array(3));
    await expect(broken.finish()).rejects.toThrow('24-bit');
    const aborted = audio.live(48_000);
    aborted.abort();
    await expect(aborted.finish()).rejects.toThrow('aborted');
  });

  test('that is no master is refused', async () => {
    await expect(audio.analyse(join(folder, 'nowhere.wav'))).rejects.toBeInstanceOf(BadMaster);
  });
});

describe('an import', () => {
  test('becomes a mono 24-bit master at its own rate, whole or not at all', async () => {
    const demo = new URL('../../../resources/demo/', import.meta.url).pathname;
    const output = join(folder, 'imported.wav');
    const result = await audio.decodeToMaster(join(demo, '01-camille.ogg'), output);
    if (!result.ok) throw new Error(result.error);
    const master = await openMaster(output);
    expect(master).toMatchObject({ sampleRate: 48_000, frames: result.value.frames });
    expect(await masterSha256(master)).toBe(result.value.sha256);
    await master.close();
    expect((await audio.analyse(output)).analysis.warnings).toEqual([]);

    const text = join(folder, 'text.mp3');
    await writeFile(text, 'not a sound');
    for (const input of [text, join(folder, 'nowhere.mp3')]) {
      const refused = await audio.decodeToMaster(input, join(folder, 'never.wav'));
      expect(refused).toMatchObject({ ok: false, error: 'badMaster' });
    }
    expect((await readdir(folder)).filter((name) => name.startsWith('never'))).toEqual([]);
  });

  test('every demo portrait has the flaw it is listed with, and is small', async () => {
    const demo = new URL('../../../resources/demo/', import.meta.url).pathname;
    const list = JSON.parse(await readFile(join(demo, 'portraits.json'), 'utf8')) as { file: string; flaw: string }[];
    expect((await readdir(demo)).filter((name) => name.endsWith('.ogg')).sort()).toEqual(
      list.map(({ file }) => file).sort(),
    );
    for (const { file, flaw } of list) {
      const output = join(folder, `${file}.wav`);
      expect(await audio.decodeToMaster(join(demo, file), output)).toMatchObject({ ok: true });
      const { analysis } = await audio.analyse(output);
      expect(analysis.warnings, file).toEqual(flaw === 'none' ? [] : [flaw]);
    }
  });
});

describe('finding ffmpeg', () => {
  const old = carriedFfmpeg() ?? '';

  test('takes the setting, then a system one of release 5 or later, then the carried one', async () => {
    expect(await findFfmpeg({ setting: old })).toMatchObject({ ok: true, source: 'setting', major: 4 });
    expect(await findFfmpeg({ setting: '' })).toMatchObject({ ok: true, source: 'system', settingProblem: null });
    const none = { setting: '', searchPath: folder };
    expect(await findFfmpeg(none)).toMatchObject({ ok: true, source: 'carried', path: old, major: 4 });
    const bin = await mkdtemp(join(folder, 'bin-'));
    await writeFile(join(bin, 'ffmpeg'), `#!/bin/sh\nexec ${old} "$@"\n`, { mode: 0o755 });
    expect(await findFfmpeg({ setting: '', searchPath: bin })).toMatchObject({ source: 'carried' });
  });

  test('tells of a bad setting and goes on without it', async () => {
    const notIt = join(folder, 'not-ffmpeg');
    await writeFile(notIt, '#!/bin/sh\necho hello\n', { mode: 0o755 });
    const plain = join(folder, 'plain');
    await writeFile(plain, 'text');
    const problems = {
      [join(folder, 'gone')]: 'not there',
      [notIt]: 'not an ffmpeg',
      [plain]: 'may not be run',
      [folder]: 'may not be run',
    };
    for (const [setting, settingProblem] of Object.entries(problems)) {
      expect(await findFfmpeg({ setting })).toMatchObject({ ok: true, source: 'system', settingProblem });
      const poor = await findFfmpeg({ setting, searchPath: '', carried: () => null });
      expect(poor).toEqual({ ok: false, tried: [{ source: 'setting', path: setting, problem: settingProblem }] });
    }
  });
});
