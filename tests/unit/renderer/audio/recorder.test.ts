import { beforeEach, describe, expect, test } from 'vitest';
import type { FromWorker } from '../../../../renderer/audio/messages.ts';
import { createRecorder } from '../../../../renderer/audio/recorder.ts';
import { unpackS24 } from '../../../../shared/domain/pcm.ts';

const rate = 48_000;
const blockFrames = 480;

/** A microphone whose frame number is its sample's value, a clock that only the test moves, a studio that takes all. */
let clock: number;
let frames: number;
let messages: FromWorker[];
let received: Map<string, number[]>;
let recorder: ReturnType<typeof createRecorder>;

beforeEach(() => {
  clock = 1_000_000;
  frames = 0;
  messages = [];
  received = new Map();
  recorder = createRecorder({
    post: (message) => messages.push(message),
    async put(_base, takeId, _token, _chunk, bytes) {
      const all = received.get(takeId) ?? [];
      received.set(takeId, all);
      all.push(...unpackS24(bytes));
      return { kind: 'receipt', durableFrames: all.length };
    },
    wait: () => new Promise((resolve) => setImmediate(resolve)),
    now: () => clock,
  });
});

const sampleOf = (frame: number) => Math.fround(((frame % 8_000_000) + 1) / 8_388_608);
/** Lets this many ms pass, with a block every 10 ms. */
function hear(ms: number, sampleRate = rate): void {
  for (let passed = 0; passed < ms; passed += 10) {
    clock += 10;
    recorder.block(
      Float32Array.from({ length: blockFrames }, () => sampleOf(frames++)),
      sampleRate,
    );
  }
}
const begin = (recording: number, goAt: number, takeId = `take-${recording}`) =>
  recorder.message({ kind: 'begin', recording, takeId, token: 't', base: '', goAt });
const of = <K extends FromWorker['kind']>(kind: K) =>
  messages.filter((message): message is Extract<FromWorker, { kind: K }> => message.kind === kind);
async function settled(count = 1): Promise<void> {
  while (of('delivered').length < count) await new Promise((resolve) => setImmediate(resolve));
}
function stopNow(recording = 0) {
  recorder.message({ kind: 'stop', recording, at: clock });
  recorder.tick();
  return of('stopped').find((message) => message.recording === recording)?.stopped;
}

describe('the recorder', () => {
  test('keeps 0.6 s before the countdown’s end, wherever the order comes from', () => {
    for (const ahead of [-400, 0, 700, 3000]) {
      const id = 100 + ahead;
      hear(4000);
      const goAt = clock + ahead;
      const goFrame = (goAt - 1_000_000) * 48;
      begin(id, goAt);
      hear(ahead + 1000);
      const stopped = stopNow(id);
      expect(stopped?.goFrame).toBe(0.6 * rate);
      expect(stopped?.samples[0]).toBe(sampleOf(goFrame - 0.6 * rate));
      expect(stopped?.samples.length).toBe(frames - (goFrame - 0.6 * rate));
    }
  });

  test('gives page and studio every frame once, in order', async () => {
    hear(1000);
    begin(0, clock);
    hear(5000);
    const stopped = stopNow();
    await settled();
    const first = 48_000 - 0.6 * rate;
    const wanted = Array.from({ length: 5.6 * rate }, (_, i) => sampleOf(first + i));
    expect([...(stopped?.samples ?? [])]).toEqual(wanted);
    expect(received.get('take-0')).toEqual(wanted);
    expect(stopped?.elapsedMs).toBeCloseTo(5600, 6);
    expect(of('delivered')[0]?.delivery).toMatchObject({ outcome: 'all', frames: wanted.length });
    expect(recorder.idle).toBe(true);
  });

  test('has as much before as there is, when the microphone has only just been opened', () => {
    hear(200);
    begin(0, clock);
    hear(1000);
    expect(stopNow()).toMatchObject({ goFrame: 0.2 * rate });
  });

  test('waits at the end for sound under way, but not for long', () => {
    hear(1000);
    begin(0, clock);
    hear(1000);
    clock += 100;
    recorder.message({ kind: 'stop', recording: 0, at: clock });
    recorder.tick();
    expect(of('stopped')).toHaveLength(0);
    clock += 250;
    recorder.tick();
    expect(of('stopped')).toHaveLength(0);
    clock += 100;
    recorder.tick();
    expect(of('stopped')[0]?.stopped.samples.length).toBe(1.6 * rate);
  });

  test('a take called off before its countdown ended has no sound', async () => {
    hear(1000);
    begin(0, clock + 3000);
    hear(500);
    const stopped = stopNow();
    await settled();
    expect(stopped).toMatchObject({ goFrame: 0, elapsedMs: 0 });
    expect(stopped?.samples.length).toBe(0);
    expect(received.size).toBe(0);
  });

  test('a second take ends a first that still records, and is not mixed with it', async () => {
    hear(1000);
    begin(0, clock);
    hear(1000);
    begin(1, clock);
    hear(1000);
    const stopped = stopNow(1);
    await settled(2);
    expect(of('delivered').map(({ recording, delivery }) => [recording, delivery.outcome])).toEqual([
      [0, 'abandoned'],
      [1, 'all'],
    ]);
    expect(stopped?.samples.length).toBe(1.6 * rate);
  });

  test('closing the microphone ends the take and goes on sending it', async () => {
    hear(1000);
    begin(0, clock);
    hear(1000);
    recorder.message({ kind: 'close' });
    await settled();
    expect(received.get('take-0')).toHaveLength(1.6 * rate);
  });

  test('another rate is another device: told, and kept out of the take', () => {
    hear(1000);
    begin(0, clock);
    hear(500);
    hear(500, 44_100);
    expect(of('trouble').at(-1)?.trouble).toBe('moved');
    recorder.message({ kind: 'stop', recording: 0, at: clock });
    clock += 400;
    recorder.tick();
    expect(of('stopped')[0]?.stopped.samples.length).toBe(Math.round(1.1 * rate));
  });

  test('tells the rate once, thirty levels a second, and silence of the device', () => {
    hear(1000);
    expect(of('first')).toEqual([{ kind: 'first', sampleRate: rate }]);
    expect(of('level')).toHaveLength(30);
    for (let looks = 0; looks < 21; looks++) {
      clock += 100;
      recorder.tick();
    }
    expect(of('trouble').at(-1)?.trouble).toBe('stalled');
    recorder.ended();
    expect(of('trouble').at(-1)?.trouble).toBe('ended');
  });

  test('tells how far it is several times a second', () => {
    hear(1000);
    begin(0, clock);
    hear(2000);
    const told = of('progress').map((message) => message.progress.recordedFrames);
    expect(told.length).toBeGreaterThanOrEqual(9);
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });
});
