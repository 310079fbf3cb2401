import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { soundAnalysis } from '../../../../shared/contract/base.ts';
import { newId } from '../../../../shared/domain/ids.ts';
import { faultyFiles } from '../../../fixtures/capture-files.ts';
import { choicesOf, startInput } from '../../../fixtures/capture-input.ts';
import { memoryStore } from '../../../fixtures/capture-store.ts';
import { captureStudio, knownSound, pcm, stopOf, token } from '../../../fixtures/capture-studio.ts';

const { peaks, ...verdict } = knownSound;
let world: ReturnType<typeof captureStudio>;
beforeEach(() => {
  world = captureStudio();
});
afterEach(() => world.end());

describe('discard', () => {
  test('erases every take of the portrait, open ones too, and may be repeated', async () => {
    const capture = await world.open();
    const first = startInput();
    const second = { ...first, takeId: newId() };
    const other = startInput();
    for (const input of [other, first, second]) {
      await capture.start(input);
      await capture.putChunk(input.takeId, 0, token, pcm(4));
    }
    const { portraitId } = first;
    expect(await capture.discard({ portraitId, token: 'not-the-token-of-this-take' })).toMatchObject({ ok: false });
    expect(await capture.discard({ portraitId, token })).toEqual({ ok: true });
    expect(await capture.discard({ portraitId, token })).toEqual({ ok: true });
    expect(readdirSync(world.dir).sort()).toEqual([`${other.takeId}.json`, `${other.takeId}.wav`]);
    expect(capture.recording()).toBe(1);
  });

  test('is carried out to the end when the studio dies in the middle of it', async () => {
    const input = startInput();
    const capture = await world.open();
    await capture.start(input);
    await capture.putChunk(input.takeId, 0, token, pcm(4));
    await capture.stop(stopOf(input.takeId, 1, 4));
    // Killed before the library's transaction, and after it with the files still there.
    for (const gone of [false, true]) {
      if (gone) {
        await capture.start({ ...input });
        await capture.putChunk(input.takeId, 0, token, pcm(4));
        world.store.discard(input.portraitId);
      }
      writeFileSync(
        join(world.dir, `${input.portraitId}.erasing`),
        JSON.stringify({ portraitId: input.portraitId, keep: null }),
      );
      const { report } = await world.open();
      expect(report.erased).toEqual([input.takeId]);
      expect(readdirSync(world.dir)).toEqual([]);
      expect(world.store.portraits.size).toBe(0);
    }
  });
});

describe('recovery', () => {
  test('closes what a crash left open, with all its context, and harms nothing else', async () => {
    const capture = await world.open();
    const kept = startInput();
    const cut = startInput();
    const empty = startInput();
    for (const input of [kept, cut, empty]) await capture.start(input);
    await capture.putChunk(kept.takeId, 0, token, pcm(4));
    await capture.stop(stopOf(kept.takeId, 1, 4));
    await capture.keep({ ...kept, token, choices: choicesOf() });
    await capture.putChunk(cut.takeId, 0, token, pcm(1001));
    // The crash came in the middle of a frame.
    writeFileSync(capture.master(cut.takeId), Buffer.of(1, 2), { flag: 'a' });
    const before = readFileSync(capture.master(kept.takeId));

    const { report, start } = await world.open();
    expect(report).toEqual({
      recovered: [cut.takeId],
      adopted: [],
      forgotten: [empty.takeId],
      setAside: [],
      erased: [],
      failed: [],
    });
    const file = readFileSync(capture.master(cut.takeId));
    expect(file.readUInt32LE(40)).toBe(3003);
    expect(file.subarray(44, 44 + 3003)).toEqual(Buffer.from(pcm(1001)));
    expect(world.store.takes.get(cut.takeId)).toMatchObject({ state: 'recovered', frames: 1001, verdict, peaks });
    expect(world.store.portraits.get(cut.portraitId)).toMatchObject({ state: 'toReview', confirmed: false });
    expect(world.store.portraits.has(empty.portraitId)).toBe(false);
    expect(existsSync(capture.master(empty.takeId))).toBe(false);
    expect(readFileSync(capture.master(kept.takeId))).toEqual(before);
    expect(world.store.portraits.get(kept.portraitId)).toMatchObject({ state: 'toReview', confirmed: true });
    const beside = JSON.parse(readFileSync(join(world.dir, `${cut.takeId}.json`), 'utf8'));
    expect(beside).toMatchObject({ speaker: cut.speaker, closing: { state: 'recovered', frames: 1001 } });
    expect(await start(cut)).toEqual({ ok: false, code: 'CLOSED' });
  });

  test('keeps the page’s figures when the crash came after the sealing', async () => {
    const capture = await world.open();
    const input = startInput();
    await capture.start(input);
    await capture.putChunk(input.takeId, 0, token, pcm(5));
    const { closeTake } = world.store;
    world.store.closeTake = () => {
      throw new Error('killed here');
    };
    await expect(capture.stop(stopOf(input.takeId, 1, 5))).rejects.toThrow('killed here');
    let closing: unknown;
    world.store.closeTake = (takeId, given) => {
      closing = given;
      closeTake(takeId, given);
    };
    await world.open();
    expect(closing).toMatchObject({ state: 'recovered', frames: 5, goFrame: 1, elapsedMs: 10 });
    // A page that was still there gets the same verdict, and may keep.
    expect(await capture.stop(stopOf(input.takeId, 1, 5))).toMatchObject({ ok: true });
    expect(await capture.keep({ ...input, token, choices: choicesOf() })).toMatchObject({ ok: true });
  });

  test('sound that the microphone lost is a warning with its place, through a stop and through a crash', async () => {
    const gaps = [{ frame: 24_000, ms: 1200 }];
    for (const crash of [false, true]) {
      const capture = await world.open();
      const input = startInput();
      const { sampleRate } = input.source;
      await capture.start(input);
      await capture.putChunk(input.takeId, 0, token, pcm(5));
      const { closeTake } = world.store;
      if (crash) {
        world.store.closeTake = () => {
          throw new Error('killed here');
        };
      }
      const stop = capture.stop({ ...stopOf(input.takeId, 1, 5), gaps });
      if (crash) {
        await expect(stop).rejects.toThrow('killed here');
        world.store.closeTake = closeTake;
        await world.open();
      } else await stop;
      const { verdict: told } = world.store.takes.get(input.takeId) ?? {};
      expect(told?.analysis.warnings).toEqual(['gaps']);
      expect(told?.analysis.gaps).toEqual([{ at: 24_000 / sampleRate, seconds: 1.2 }]);
      expect(soundAnalysis.parse(told?.analysis)).toEqual(told?.analysis);
    }
  });

  test('does not pretend to a page that a recovered take has all it sent', async () => {
    const capture = await world.open();
    const input = startInput();
    await capture.start(input);
    await capture.putChunk(input.takeId, 0, token, pcm(5));
    const again = await world.open();
    expect(await again.stop(stopOf(input.takeId, 2, 9))).toEqual({ ok: false, code: 'UNKNOWN_TAKE' });
  });

  test('gives the hosts a portrait whose visitor left between stop and keep', async () => {
    const capture = await world.open();
    const input = startInput();
    await capture.start(input);
    await capture.putChunk(input.takeId, 0, token, pcm(5));
    await capture.stop(stopOf(input.takeId, 1, 5));
    await world.open();
    expect(world.store.portraits.get(input.portraitId)).toMatchObject({ state: 'toReview', confirmed: false });
  });

  test.each([
    ['a header cut short', (file: Buffer) => file.subarray(0, 20), undefined],
    ['nothing but a header', (file: Buffer) => file.subarray(0, 44), undefined],
    ['a broken header', (file: Buffer) => Buffer.concat([Buffer.alloc(44, 0xaa), file.subarray(44)]), 100],
    [
      'a stale, smaller size',
      (file: Buffer) => Buffer.concat([file.subarray(0, 40), Buffer.of(30, 0, 0, 0), file.subarray(44)]),
      100,
    ],
    ['half a frame too many', (file: Buffer) => Buffer.concat([file, Buffer.of(1)]), 100],
    ['half a frame too few', (file: Buffer) => file.subarray(0, file.length - 1), 99],
  ])('copes with %s', async (_, spoil, frames) => {
    const capture = await world.open();
    const input = startInput();
    await capture.start(input);
    await capture.putChunk(input.takeId, 0, token, pcm(100));
    const path = capture.master(input.takeId);
    writeFileSync(path, spoil(readFileSync(path)));
    const { report } = await world.open();
    if (frames === undefined) {
      expect(report.forgotten).toEqual([input.takeId]);
      expect(existsSync(path)).toBe(false);
    } else {
      expect(report.recovered).toEqual([input.takeId]);
      const file = readFileSync(path);
      expect(file.readUInt32LE(40)).toBe(frames * 3);
      expect(file.toString('latin1', 0, 4)).toBe('RIFF');
      expect(file.subarray(44, 44 + frames * 3)).toEqual(Buffer.from(pcm(100)).subarray(0, frames * 3));
    }
  });

  test('sets aside what the library does not know, and deletes none of it', async () => {
    const capture = await world.open();
    const input = startInput();
    await capture.start(input);
    await capture.putChunk(input.takeId, 0, token, pcm(100));
    world.store = memoryStore();
    const { report } = await world.open();
    expect(report.setAside).toEqual([input.takeId]);
    expect(readdirSync(join(world.dir, 'set-aside')).sort()).toEqual([`${input.takeId}.json`, `${input.takeId}.wav`]);
    expect((await world.open()).report.setAside).toEqual([]);
  });

  test('one take that cannot be saved now stops no other, and is tried again', async () => {
    const capture = await world.open();
    const bad = startInput();
    const good = startInput();
    for (const input of [bad, good]) {
      await capture.start(input);
      await capture.putChunk(input.takeId, 0, token, pcm(100));
    }
    const files = faultyFiles((call, path) => (call === 'truncate' && path.includes(bad.takeId) ? 'EIO' : undefined));
    const { report } = await world.open({ files });
    expect(report).toMatchObject({ failed: [bad.takeId], recovered: [good.takeId] });
    expect((await world.open()).report.recovered).toEqual([bad.takeId]);
  });
});
