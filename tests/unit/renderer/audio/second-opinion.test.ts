import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { patience } from '../../../../renderer/audio/patience.ts';
import type { Verdict } from '../../../../renderer/audio/same-sound.ts';
import { createSecondOpinion } from '../../../../renderer/audio/second-opinion.ts';

/** The second streams that were opened, and whether each is open still. */
let opened: { open: boolean }[];
let replaced: unknown[];
let worker: { postMessage: ReturnType<typeof vi.fn> };

function onSystem(userAgent: string): void {
  vi.stubGlobal('navigator', {
    userAgent,
    mediaDevices: {
      async getUserMedia() {
        const track = {
          open: true,
          stop() {
            track.open = false;
          },
        };
        opened.push(track);
        return { getAudioTracks: () => [track] };
      },
    },
  });
}
beforeEach(() => {
  vi.useFakeTimers();
  opened = [];
  replaced = [];
  worker = { postMessage: vi.fn() };
  onSystem('Mozilla/5.0 (X11; Linux x86_64) Chrome/140');
  vi.stubGlobal(
    'MediaStreamTrackProcessor',
    class {
      readable = {};
    },
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const create = (exact = true) =>
  createSecondOpinion({
    deviceId: 'a',
    worker: worker as unknown as Worker,
    exact,
    replace: (second) => replaced.push(second),
  });
type Opinion = ReturnType<typeof create>;
/** Lets the stream open, answers, and lets the time between two comparisons pass. */
async function answer(opinion: Opinion, verdict: Verdict): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
  opinion.answer(verdict);
  await vi.advanceTimersByTimeAsync(patience.verify);
}
const stillOpen = () => opened.filter(({ open }) => open);

test('the same, and doubt, change nothing and leave nothing open; doubt is asked again, four times at most', async () => {
  const opinion = create();
  opinion.ask();
  await answer(opinion, 'same');
  expect([opened.length, stillOpen(), replaced]).toEqual([1, [], []]);
  opinion.ask();
  for (let times = 0; times < 8; times++) await answer(opinion, 'unknown');
  expect([opened.length, stillOpen(), replaced]).toEqual([5, [], []]);
});

test('another’s sound: the second takes the place; sound lost meanwhile is asked about as well', async () => {
  const opinion = create();
  opinion.ask();
  await vi.advanceTimersByTimeAsync(0);
  opinion.ask();
  await answer(opinion, 'other');
  expect(replaced).toEqual([opened[0]]);
  expect(opened).toHaveLength(2);
  await answer(opinion, 'same');
  await answer(opinion, 'same');
  expect(opened).toHaveLength(2);
  expect(stillOpen()).toEqual([opened[0]]);
});

test('closing leaves no second stream open, whenever it comes', async () => {
  for (const wait of [false, true]) {
    const opinion = create();
    opinion.ask();
    if (wait) await vi.advanceTimersByTimeAsync(0);
    opinion.close();
    await vi.advanceTimersByTimeAsync(0);
    expect(stillOpen()).toEqual([]);
    opinion.answer('other');
    await vi.advanceTimersByTimeAsync(patience.verify * 5);
    expect(stillOpen()).toEqual([]);
    expect(replaced).toEqual([]);
  }
});

test('where streams are never moved, or do not come in exactly, none is opened', async () => {
  create(false).ask();
  for (const system of ['Windows NT 10.0; Win64', 'Macintosh; Intel Mac OS X 10_15_7', 'Linux; Android 14']) {
    onSystem(`Mozilla/5.0 (${system}) Chrome/140`);
    create().ask();
  }
  await vi.advanceTimersByTimeAsync(patience.verify);
  expect(opened).toEqual([]);
});
