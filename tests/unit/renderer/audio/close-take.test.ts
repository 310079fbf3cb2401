import { expect, test, vi } from 'vitest';
import { closeTake } from '../../../../renderer/audio/close-take.ts';
import { newToken } from '../../../../renderer/audio/token.ts';
import type { Delivery, Recording, Stopped, StopReply } from '../../../../renderer/audio/types.ts';

const stopped: Stopped = { samples: new Float32Array(10), sampleRate: 48_000, goFrame: 4, elapsedMs: 2 };
const answer = { verdict: null, peaks: null };

function recording(deliveries: Delivery['outcome'][]) {
  const resendFrom = vi.fn();
  const handle: Recording = {
    takeId: 'a',
    token: 't',
    onProgress: () => () => undefined,
    stop: async () => stopped,
    delivered: async () => ({ outcome: deliveries.shift() ?? 'all', chunks: 3, frames: 10 }),
    resendFrom,
    resendAs: () => undefined,
    abandon: () => undefined,
  };
  return { handle, resendFrom };
}
const never = new AbortController().signal;

test('delivers, then asks for the verdict with what was delivered', async () => {
  const stop = vi.fn(async (): Promise<StopReply> => answer);
  expect(await closeTake(recording([]).handle, stopped, stop, never)).toEqual(answer);
  expect(stop).toHaveBeenCalledWith({ takeId: 'a', token: 't', chunks: 3, frames: 10, goFrame: 4, elapsedMs: 2 });
});

test('sends what the studio lacks, and asks again', async () => {
  const { handle, resendFrom } = recording([]);
  const replies: StopReply[] = [{ missing: 2 }, answer];
  expect(await closeTake(handle, stopped, async () => replies.shift() ?? answer, never)).toEqual(answer);
  expect(resendFrom).toHaveBeenCalledExactlyOnceWith(2);
});

test('a full disk closes the take with what fitted', async () => {
  expect(await closeTake(recording(['diskFull']).handle, stopped, async () => answer, never)).toEqual(answer);
});

test.each(['refused', 'abandoned'] as const)('a take that is %s is not asked for', async (outcome) => {
  const stop = vi.fn(async (): Promise<StopReply> => answer);
  expect(await closeTake(recording([outcome]).handle, stopped, stop, never)).toBe('refused');
  expect(stop).not.toHaveBeenCalled();
});

test('tries again while the studio is out of reach, until it is called off', async () => {
  vi.useFakeTimers();
  try {
    let calls = 0;
    const stop = async (): Promise<StopReply> => {
      if (++calls < 3) throw new TypeError('fetch failed');
      return answer;
    };
    const closing = closeTake(recording([]).handle, stopped, stop, never);
    await vi.advanceTimersByTimeAsync(1000);
    expect(await closing).toEqual(answer);

    const controller = new AbortController();
    const away = closeTake(
      recording([]).handle,
      stopped,
      () => Promise.reject(new TypeError('fetch failed')),
      controller.signal,
    );
    const outcome = expect(away).rejects.toThrow('the visitor has left');
    await vi.advanceTimersByTimeAsync(1000);
    controller.abort(new Error('the visitor has left'));
    await outcome;
  } finally {
    vi.useRealTimers();
  }
});

test('a token is 256 bits that fit a header', () => {
  expect(newToken((bytes) => bytes.fill(255))).toBe(`${'_'.repeat(42)}8`);
  expect(newToken()).toMatch(/^[\w-]{43}$/);
  expect(newToken()).not.toBe(newToken());
});
