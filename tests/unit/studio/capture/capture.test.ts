import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CaptureAudio } from '../../../../electron/studio/capture/ports.ts';
import { newId } from '../../../../shared/domain/ids.ts';
import { faultyFiles } from '../../../fixtures/capture-files.ts';
import { choicesOf, startInput } from '../../../fixtures/capture-input.ts';
import { captureStudio, knownSound, pcm, stopOf, token } from '../../../fixtures/capture-studio.ts';

const { peaks, ...verdict } = knownSound;
let world: ReturnType<typeof captureStudio>;
beforeEach(() => {
  world = captureStudio();
});
afterEach(() => world.end());

describe('start', () => {
  test('writes sound file and context before it answers, and may be repeated', async () => {
    const capture = await world.open();
    const input = startInput();
    expect(await capture.start(input)).toEqual({ ok: true, token });
    const beside = JSON.parse(readFileSync(join(world.dir, `${input.takeId}.json`), 'utf8'));
    const { portraitId, takeId, questionId, speaker, source } = input;
    const { vouch: _, ...consent } = input.consent;
    expect(beside).toMatchObject({ portraitId, takeId, questionId, consent, speaker, source });
    expect(JSON.stringify(beside)).not.toContain(token);
    expect(readFileSync(capture.master(input.takeId)).length).toBe(44);
    await capture.putChunk(takeId, 0, token, pcm(5));
    expect(await capture.start(input)).toEqual({ ok: true, token });
    expect(await Promise.all([capture.start(input), capture.start(input)])).toEqual([
      { ok: true, token },
      { ok: true, token },
    ]);
    expect(readFileSync(capture.master(input.takeId)).length).toBe(44 + 15);
  });

  test('two equal calls at once make one take', async () => {
    const capture = await world.open();
    const input = startInput();
    const answers = await Promise.all([capture.start(input), capture.start(input)]);
    expect(answers).toEqual([
      { ok: true, token },
      { ok: true, token },
    ]);
    expect(world.store.takes.size).toBe(1);
  });

  test('makes a token when the page has none, a new one each time', async () => {
    const capture = await world.open();
    const { token: _, ...without } = startInput();
    const first = await capture.start(without);
    const second = await capture.start({ ...without, portraitId: newId(), takeId: newId() });
    if (!first.ok || !second.ok) throw new Error('refused');
    expect(first.token).toMatch(/^[\w-]{43}$/);
    expect(second.token).not.toBe(first.token);
  });

  test('refuses an unknown text, a stranger, a disk without room', async () => {
    const capture = await world.open();
    const input = startInput();
    const consent = { ...input.consent, textVersion: '1999-1' };
    expect(await capture.start({ ...input, consent })).toEqual({ ok: false, code: 'UNKNOWN_TEXT' });
    await capture.start(input);
    const stranger = { ...input, token: 'another-token-of-somebody-else' };
    expect(await capture.start(stranger)).toEqual({ ok: false, code: 'UNKNOWN_TAKE' });
    expect(await capture.start({ ...stranger, takeId: newId() })).toEqual({ ok: false, code: 'UNKNOWN_TAKE' });
    const tight = await world.open({ diskFree: async () => 1e6 });
    expect(await tight.start(startInput())).toEqual({ ok: false, code: 'DISK_FULL' });
    const blind = await world.open({ diskFree: () => Promise.reject(new Error('no statfs')) });
    expect(await blind.start(startInput())).toEqual({ ok: true, token });
  });

  test('a disk that fills up while the take is made leaves nothing behind', async () => {
    const capture = await world.open({ files: faultyFiles((call) => (call === 'write' ? 'ENOSPC' : undefined)) });
    expect(await capture.start(startInput())).toEqual({ ok: false, code: 'DISK_FULL' });
    expect(world.store.takes.size).toBe(0);
    expect(readdirSync(world.dir)).toEqual([]);
  });

  test('does not touch sound that a lost library has forgotten', async () => {
    const capture = await world.open();
    const input = startInput();
    writeFileSync(capture.master(input.takeId), 'sound');
    expect(await capture.start(input)).toEqual({ ok: false, code: 'CLOSED' });
    expect(readFileSync(capture.master(input.takeId), 'utf8')).toBe('sound');
    expect(world.store.takes.size).toBe(0);
  });
});

describe('a take', () => {
  test('goes from chunks to a verdict, twice the same', async () => {
    const capture = await world.open();
    const input = startInput();
    await capture.start(input);
    expect(await capture.putChunk(input.takeId, 0, token, pcm(4))).toEqual({
      ok: true,
      durableChunks: 1,
      durableFrames: 4,
    });
    expect(await capture.putChunk(input.takeId, 1, 'not-the-token-of-this-take', pcm(4))).toMatchObject({
      code: 'UNKNOWN_TAKE',
    });
    expect(await capture.putChunk(newId(), 0, token, pcm(4))).toMatchObject({ code: 'UNKNOWN_TAKE' });
    const stop = stopOf(input.takeId, 2, 8);
    expect(await capture.stop(stop)).toEqual({ ok: false, code: 'MISSING_CHUNKS', expected: 1 });
    await capture.putChunk(input.takeId, 1, token, pcm(4));
    expect(await capture.stop({ ...stop, token: 'not-the-token-of-this-take' })).toMatchObject({
      code: 'UNKNOWN_TAKE',
    });
    expect(await Promise.all([capture.stop(stop), capture.stop(stop)])).toEqual([
      { ok: true, verdict, peaks },
      { ok: true, verdict, peaks },
    ]);
    expect(await capture.stop(stop)).toEqual({ ok: true, verdict, peaks });
    expect(world.pushed).toBe(24);
    expect(world.store.takes.get(input.takeId)).toMatchObject({ state: 'closed', frames: 8 });
    expect(await capture.putChunk(input.takeId, 2, token, pcm(4))).toMatchObject({ code: 'CLOSED' });
    const beside = JSON.parse(readFileSync(join(world.dir, `${input.takeId}.json`), 'utf8'));
    expect(beside.closing).toMatchObject({ state: 'closed', frames: 8, goFrame: 1 });
  });

  test('is kept whatever becomes of its analysis', async () => {
    const failing: CaptureAudio = {
      live: () => ({ push: () => undefined, finish: () => Promise.reject(new Error('no')), abort: () => undefined }),
      analyse: async () => knownSound,
    };
    const second = await world.open({ audio: failing });
    const input = startInput();
    await second.start(input);
    await second.putChunk(input.takeId, 0, token, pcm(4));
    expect(await second.stop(stopOf(input.takeId, 1, 4))).toEqual({ ok: true, verdict, peaks });

    const blind = await world.open({
      audio: {
        live: () => {
          throw new Error('no');
        },
        analyse: () => Promise.reject(new Error('no')),
      },
    });
    const other = startInput();
    await blind.start(other);
    await blind.putChunk(other.takeId, 0, token, pcm(4));
    expect(await blind.stop(stopOf(other.takeId, 1, 4))).toEqual({ ok: true, verdict: null, peaks: null });
    expect(await blind.keep({ ...other, token, choices: choicesOf() })).toMatchObject({ ok: true });
    expect(world.logged).toContain('a take could not be analysed');
  });

  test('that is replaced is erased at keep, file and context', async () => {
    const capture = await world.open();
    const first = startInput();
    const second = { ...first, takeId: newId() };
    for (const input of [first, second]) {
      await capture.start(input);
      await capture.putChunk(input.takeId, 0, token, pcm(4));
      await capture.stop(stopOf(input.takeId, 1, 4));
    }
    const keep = { portraitId: first.portraitId, takeId: second.takeId, token, choices: choicesOf() };
    expect(await capture.keep({ ...keep, token: 'not-the-token-of-this-take' })).toMatchObject({
      code: 'UNKNOWN_TAKE',
    });
    expect(await capture.keep({ ...keep, takeId: newId() })).toMatchObject({ code: 'UNKNOWN_TAKE' });
    expect(await capture.keep(keep)).toEqual({ ok: true, code: 'ABCDE' });
    expect(await capture.keep(keep)).toEqual({ ok: true, code: 'ABCDE' });
    expect(readdirSync(world.dir).sort()).toEqual([`${second.takeId}.json`, `${second.takeId}.wav`]);
  });

  test('that still records is closed when another of its portrait begins', async () => {
    const capture = await world.open();
    const first = startInput();
    await capture.start(first);
    await capture.putChunk(first.takeId, 0, token, pcm(4));
    const second = { ...first, takeId: newId() };
    expect(await capture.start(second)).toEqual({ ok: true, token });
    expect(world.store.takes.get(first.takeId)?.state).toBe('recovered');
    expect(world.store.portraits.get(first.portraitId)?.state).toBe('recording');
    expect(capture.recording()).toBe(1);
  });

  test('whose page vanishes is closed and reaches the hosts unconfirmed; an empty one is forgotten', async () => {
    const capture = await world.open();
    const spoken = startInput();
    const empty = startInput();
    await capture.start(spoken);
    await capture.start(empty);
    await capture.putChunk(spoken.takeId, 0, token, pcm(4));
    world.clock += 59_000;
    await capture.sweep();
    expect(capture.recording()).toBe(2);
    world.clock += 2000;
    await capture.sweep();
    expect(world.store.takes.get(spoken.takeId)).toMatchObject({ state: 'recovered', frames: 4 });
    expect(world.store.portraits.get(spoken.portraitId)).toMatchObject({ state: 'toReview', confirmed: false });
    expect(world.store.portraits.has(empty.portraitId)).toBe(false);
    expect(readdirSync(world.dir).sort()).toEqual([`${spoken.takeId}.json`, `${spoken.takeId}.wav`]);
    expect(world.unconfirmed).toEqual([spoken.portraitId]);
  });

  test('is not ended by a wall clock that is put right', async () => {
    let wall = world.clock;
    const capture = await world.open({ now: () => new Date(wall) });
    const input = startInput();
    await capture.start(input);
    wall += 86_400_000;
    await capture.sweep();
    expect(capture.recording()).toBe(1);
  });

  test('that cannot be closed does not keep its visitor from another', async () => {
    let broken = false;
    const files = faultyFiles((call) => (broken && call === 'truncate' ? 'EIO' : undefined));
    const capture = await world.open({ files });
    const first = startInput();
    await capture.start(first);
    await capture.putChunk(first.takeId, 0, token, pcm(4));
    broken = true;
    expect(await capture.start({ ...first, takeId: newId() })).toEqual({ ok: true, token });
    broken = false;
    expect(world.logged).toContain('a take could not be closed; it is recovered at the next start');
  });

  test('that is neither kept nor discarded reaches the hosts after ten minutes', async () => {
    const capture = await world.open();
    const input = startInput();
    await capture.start(input);
    await capture.putChunk(input.takeId, 0, token, pcm(4));
    await capture.stop(stopOf(input.takeId, 1, 4));
    world.clock += 9 * 60_000;
    await capture.sweep();
    expect(world.store.portraits.get(input.portraitId)?.state).toBe('recording');
    world.clock += 61_000;
    await capture.sweep();
    expect(world.store.portraits.get(input.portraitId)).toMatchObject({ state: 'toReview', confirmed: false });
    expect(await capture.keep({ ...input, token, choices: choicesOf() })).toMatchObject({ ok: true });
  });
});
