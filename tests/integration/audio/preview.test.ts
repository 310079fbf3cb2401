import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Audio, createAudio } from '../../../electron/studio/audio/audio.ts';
import { decodeFloat } from '../../../electron/studio/audio/ffmpeg.ts';
import { recipe } from '../../../electron/studio/audio/recipe.ts';
import { openMaster } from '../../../electron/studio/audio/wav.ts';
import { applyEdit, editSound, noiseProfile } from '../../../shared/domain/edit/apply.ts';
import { findGain, readLevelled } from '../../../shared/domain/edit/levelled.ts';
import { addCut } from '../../../shared/domain/edit/moves.ts';
import { segments } from '../../../shared/domain/edit/timeline.ts';
import { clampEdit, crossfade, plainEdit } from '../../../shared/domain/edit.ts';
import { bringToLevel, codecRoomDb, targetOf } from '../../../shared/domain/level.ts';
import { defaultTarget, type Edit } from '../../../shared/domain/sound.ts';
import { boothSound, writeMaster } from '../../fixtures/booth-sound.ts';

const text = 'Bonjour, je répare des clarinettes. Ce que j’aime, c’est le premier son.';
/** Half a step of 16 bits: what rounding costs, and nothing else does. */
const halfStep = 0.5 / 32768;

let folder = '';
let audio: Audio;
let ffmpeg = '';
let master: { masterPath: string; masterSha256: string };
let samples: Float32Array;
let sampleRate = 0;
let speech = { start: 0, end: 0 };
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'phonomaton-preview-'));
  audio = createAudio({
    ffmpegPath: () => '',
    target: () => defaultTarget,
    folder: join(folder, 'out'),
    niceness: 0,
  });
  const found = await audio.ffmpeg();
  if (!found.ok) throw new Error('no ffmpeg');
  ffmpeg = found.path;
  const sound = await boothSound({ voice: 'fr+f2', text, noiseDb: -50, before: 1, after: 1 });
  ({ sampleRate, speech } = sound);
  const masterPath = join(folder, 'master.wav');
  master = { masterPath, masterSha256: await writeMaster(masterPath, sound.samples, sampleRate) };
  // What a master holds is 24 bits of it.
  const reader = await openMaster(masterPath);
  samples = await reader.read(0, reader.frames);
  await reader.close();
});
afterAll(() => rm(folder, { recursive: true }));

async function rendered(edit: Edit): Promise<Float32Array> {
  const result = await audio.render({ ...master, edit, recipe: recipe(defaultTarget, ['flac']) });
  if (!result.ok) throw new Error(`${result.error}: ${result.detail}`);
  const parts: Buffer[] = [];
  for await (const { buffer, byteOffset, byteLength } of decodeFloat(
    { binary: ffmpeg },
    result.value.files[0]?.path ?? '',
  )) {
    parts.push(Buffer.from(buffer.slice(byteOffset, byteOffset + byteLength)));
  }
  const { buffer, byteLength } = Buffer.from(new Uint8Array(Buffer.concat(parts)));
  return new Float32Array(buffer, 0, byteLength / 4);
}

function finish<T>(work: Generator<void, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Edits of the speech as a host may make them. */
function anyEditOf({ start, end }: { start: number; end: number }, duration: number): fc.Arbitrary<Edit> {
  const length = end - start;
  // Evenly spread: random doubles are nearly all next to nothing.
  const within = (from: number, to: number) =>
    fc.noBias(fc.integer({ min: 0, max: 1_000_000 })).map((share) => from + ((to - from) * share) / 1_000_000);
  return fc
    .record({
      in: within(0, start + length * 0.3),
      out: within(start + length * 0.7, duration),
      fadeIn: within(0, 1),
      fadeOut: within(0, 1),
      cuts: fc.array(fc.record({ at: within(start, end), long: within(0.02, length * 0.12) }), { maxLength: 5 }),
      gainDb: within(-6, 6),
      cleanUp: fc.record({ highPass: fc.boolean(), hum: fc.boolean(), noise: fc.boolean() }),
    })
    .map(({ cuts, gainDb, cleanUp, ...ends }) =>
      cuts.reduce(
        (edit, { at, long }) => addCut(edit, at, at + long, duration),
        clampEdit({ ...plainEdit(ends), gainDb, cleanUp }, duration),
      ),
    );
}

describe('what is heard is what is rendered', () => {
  test('twenty random edits: every sample of the FLAC is the preview’s, to 16 bits', async () => {
    const duration = samples.length / sampleRate;
    const edits = fc.sample(anyEditOf(speech, duration), 20);
    let worst = 0;
    // The encoders work while the next preview is reckoned.
    const files = edits.map((edit) => rendered(edit));
    for (const file of files) file.catch(() => undefined);
    for (const [index, edit] of edits.entries()) {
      const heard = applyEdit(samples, sampleRate, edit);
      const target = targetOf(edit, defaultTarget);
      // The limiter is part of both: it is the same function, and rests where no peak reaches its ceiling.
      const level = { lufs: target.lufs, ceilingDb: target.truePeak - codecRoomDb };
      const preview = finish(bringToLevel(heard, sampleRate, level))?.samples ?? new Float32Array(0);
      const file = (await files[index]) ?? new Float32Array(0);
      expect(file.length).toBe(preview.length);
      for (let at = 0; at < file.length; at++) {
        worst = Math.max(worst, Math.abs((file[at] as number) - (preview[at] as number)));
      }
      expect(worst, JSON.stringify(edit)).toBeLessThanOrEqual(halfStep);
    }
  });

  test('its edges stand where the edit says, and every join, to one sample', () => {
    const duration = samples.length / sampleRate;
    // A master that counts: each sample says where it stood.
    const counting = Float32Array.from({ length: samples.length }, (_, index) => index / 2 ** 23);
    for (const made of fc.sample(anyEditOf(speech, duration), 50)) {
      const edit = { ...made, fadeIn: 0, fadeOut: 0, cleanUp: { highPass: false, hum: false, noise: false } };
      const heard = applyEdit(counting, sampleRate, edit);
      const frameOf = (index: number) => Math.round((heard[index] as number) * 2 ** 23);
      expect(Math.abs(frameOf(0) - edit.in * sampleRate)).toBeLessThanOrEqual(1);
      expect(Math.abs(frameOf(heard.length - 1) + 1 - edit.out * sampleRate)).toBeLessThanOrEqual(1);
      let join = 0;
      for (const { start, end } of segments(edit)) {
        const frames = Math.round(end * sampleRate) - Math.round(start * sampleRate);
        // Away from its crossfades each piece counts on; so it tells where it began.
        const middle = join + Math.round(frames / 2);
        if (end - start > crossfade * 1.2) {
          expect(Math.abs(frameOf(middle) - (middle - join) - start * sampleRate)).toBeLessThanOrEqual(1);
        }
        join += frames;
      }
      expect(heard.length).toBe(join);
    }
  });

  test('from wherever it is begun and in whatever parts it is asked for, it is the same to the bit', async () => {
    const duration = samples.length / sampleRate;
    const source = {
      sampleRate,
      frames: samples.length,
      read: async (first: number, end: number) => samples.slice(first, end),
    };
    const noise = noiseProfile(samples, sampleRate);
    const random = fc.sample(fc.double({ min: 0, max: 1, noNaN: true }), 40);
    for (const edit of fc.sample(anyEditOf(speech, duration), 4)) {
      const whole = applyEdit(samples, sampleRate, edit);
      const sound = editSound(source, edit, noise);
      for (const share of random.slice(0, 10)) {
        const from = Math.floor(share * whole.length);
        const to = Math.min(whole.length, from + 1 + Math.floor(share * 100_000));
        expect(Buffer.from((await sound.read(from, to)).buffer)).toEqual(Buffer.from(whole.slice(from, to).buffer));
      }
    }
  });

  test('made in parts it is as loud as the rendition, and the same sound', async () => {
    const duration = samples.length / sampleRate;
    const source = {
      sampleRate,
      frames: samples.length,
      read: async (first: number, end: number) => samples.slice(first, end),
    };
    const noise = noiseProfile(samples, sampleRate);
    for (const gainDb of [-6, 0, 6]) {
      const ends = { in: speech.start, out: speech.end, fadeIn: 0.05, fadeOut: 0.15 };
      const edit = addCut(
        { ...plainEdit(ends), gainDb, cleanUp: { highPass: true, hum: true, noise: true } },
        speech.start + 2,
        speech.start + 3,
        duration,
      );
      const { lufs, truePeak } = targetOf(edit, defaultTarget);
      const level = { lufs, ceilingDb: truePeak - codecRoomDb };
      const whole = finish(bringToLevel(applyEdit(samples, sampleRate, edit), sampleRate, level));
      const sound = editSound(source, edit, noise);
      const gain = await findGain(sound, sampleRate, level, async () => true);
      expect(Math.abs((gain ?? 99) - (whole?.gainDb ?? 0))).toBeLessThan(0.05);
      // At the same gain, what is left of the difference is how far back the limiter remembers.
      const to = sound.plan.length;
      for (const from of [0, Math.floor(to / 3), to - 10_000]) {
        const at = { gainDb: whole?.gainDb ?? 0, ceilingDb: level.ceilingDb };
        const part = await readLevelled(sound, sampleRate, from, from + 10_000, at);
        const worst = part.reduce(
          (most, x, n) => Math.max(most, Math.abs(x - (whole?.samples[from + n] as number))),
          0,
        );
        expect(worst).toBeLessThan(halfStep);
      }
    }
  });
});
