import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FromWorker } from '../../../../renderer/audio/messages.ts';
import { createRecorder } from '../../../../renderer/audio/recorder.ts';
import { unpackS24 } from '../../../../shared/domain/pcm.ts';
import { runs } from '../../../fixtures/runs.ts';

/** The thorough number takes its time on a busy machine. */
const patient = { timeout: 900_000 };

const rate = 8000;
const blockMs = 10;
const blockFrames = (rate * blockMs) / 1000;

/** What a microphone, or the machine behind it, does for some milliseconds. */
type Phase =
  | { kind: 'flows'; ms: number }
  /** Nothing comes; then all of it at once, or in lots with pauses between. */
  | { kind: 'late'; ms: number; lots: number }
  /** Nothing comes, and what was said meanwhile never will. */
  | { kind: 'lost'; ms: number }
  /** The worker sleeps: no look, and the browser keeps the blocks for it. The timer may be first when it wakes. */
  | { kind: 'asleep'; ms: number; timerFirst: boolean };

const frameOf = (sample: number) => Math.round(sample * 8_388_608) - 1;

/** A recorder, its clock, a microphone whose sample tells its frame's number, and a studio that takes all. */
function rig() {
  let clock = 5_000_000;
  let frames = 0;
  const messages: FromWorker[] = [];
  const received: number[] = [];
  const recorder = createRecorder({
    post: (message) => messages.push(message),
    async put(_base, _take, _token, _chunk, bytes) {
      received.push(...unpackS24(bytes));
      return { kind: 'receipt', durableFrames: received.length };
    },
    wait: () => new Promise((resolve) => setImmediate(resolve)),
    now: () => clock,
  });
  const sampleOf = (frame: number) => Math.fround((frame + 1) / 8_388_608);
  const deliver = (count: number) => {
    for (let i = 0; i < count; i++) {
      recorder.block(
        Float32Array.from({ length: blockFrames }, () => sampleOf(frames++)),
        rate,
      );
    }
  };
  /** Time passes, block by block; looked at ten times a second. */
  function pass(ms: number, each: () => void): void {
    for (let passed = blockMs; passed <= ms; passed += blockMs) {
      clock += blockMs;
      each();
      if ((clock / blockMs) % 10 === 0) recorder.tick();
    }
  }
  return {
    recorder,
    messages,
    received,
    sampleOf,
    now: () => clock,
    frames: () => frames,
    pass,
    live(phase: Phase): void {
      if (phase.kind === 'flows') pass(phase.ms, () => deliver(1));
      else if (phase.kind === 'lost') pass(phase.ms, () => undefined);
      else if (phase.kind === 'late') {
        pass(phase.ms, () => undefined);
        const due = phase.ms / blockMs;
        for (let lot = 0; lot < phase.lots; lot++) {
          deliver(Math.floor((due * (lot + 1)) / phase.lots) - Math.floor((due * lot) / phase.lots));
          // While it catches up, what is due meanwhile queues behind.
          if (lot < phase.lots - 1) clock += 5;
        }
        clock += blockMs - (((phase.lots - 1) * 5) % blockMs);
        deliver(Math.ceil(((phase.lots - 1) * 5) / blockMs) || 1);
      } else {
        clock += phase.ms;
        if (phase.timerFirst) recorder.tick();
        deliver(phase.ms / blockMs);
      }
    },
    of: <K extends FromWorker['kind']>(kind: K) =>
      messages.filter((message): message is Extract<FromWorker, { kind: K }> => message.kind === kind),
  };
}

const tens = (min: number, max: number) => fc.integer({ min: min / 10, max: max / 10 }).map((n) => n * 10);
const phase: fc.Arbitrary<Phase> = fc.oneof(
  fc.record({ kind: fc.constant('flows' as const), ms: tens(10, 4000) }),
  fc.record({ kind: fc.constant('late' as const), ms: tens(20, 7900), lots: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ kind: fc.constant('lost' as const), ms: tens(20, 7900) }),
  fc.record({ kind: fc.constant('asleep' as const), ms: tens(20, 20_000), timerFirst: fc.boolean() }),
);
/** Between two stalls sound comes; for how long is any one's guess. */
const life = fc
  .array(fc.tuple(phase, tens(10, 3000)), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.flatMap(([one, ms]): Phase[] => [one, { kind: 'flows', ms }]));

test(
  'no pattern of stalls under 8 s ends a take; every frame given is in it once; what lacks is told',
  patient,
  async () => {
    let tried = 0;
    await fc.assert(
      fc.asyncProperty(life, async (phases) => {
        tried++;
        const { recorder, live, now, frames, sampleOf, of, received } = rig();
        live({ kind: 'flows', ms: 2000 });
        const first = frames() - 0.6 * rate;
        recorder.message({ kind: 'begin', recording: 0, takeId: 'take', token: 't', base: '', goAt: now() });
        for (const one of phases) live(one);
        live({ kind: 'flows', ms: 1500 });
        const troubles = of('trouble').map(({ trouble }) => trouble);
        expect(troubles.filter((trouble) => trouble !== undefined && trouble !== 'stalled')).toEqual([]);
        const waits = phases.filter((one) => one.kind === 'late' || one.kind === 'lost');
        const long = waits.filter(({ ms }) => ms > 2100).length;
        expect(troubles.filter((trouble) => trouble === 'stalled').length).toBeGreaterThanOrEqual(long);
        if (waits.every(({ ms }) => ms < 1900)) expect(troubles).toEqual([]);

        recorder.message({ kind: 'stop', recording: 0, at: now() });
        recorder.tick();
        live({ kind: 'flows', ms: 400 });
        const stopped = of('stopped')[0]?.stopped;
        while (of('delivered').length === 0) await new Promise((resolve) => setImmediate(resolve));
        const samples = stopped?.samples ?? new Float32Array(0);
        const count = samples.length;
        // A pause right at the beginning keeps more before it, never less.
        const begun = frameOf(samples[0] ?? 0);
        expect(begun).toBeLessThanOrEqual(first);
        expect(begun + count).toBeGreaterThanOrEqual(frames() - 0.4 * rate - 2 * blockFrames);
        expect(samples.findIndex((value, i) => value !== sampleOf(begun + i))).toBe(-1);
        expect(received.length).toBe(count);
        expect(received.findIndex((value, i) => value !== samples[i])).toBe(-1);

        const lost = phases.filter((one) => one.kind === 'lost').reduce((sum, { ms }) => sum + ms, 0);
        const told = (stopped?.gaps ?? []).reduce((sum, { ms }) => sum + ms, 0);
        // Each pause leaves less than the least gap unsaid; nothing is ever said to lack that is there.
        expect(told).toBeLessThanOrEqual(lost + 20 * phases.length);
        expect(told).toBeGreaterThanOrEqual(lost - 150 * phases.length);
        for (const { frame } of stopped?.gaps ?? []) expect(frame).toBeLessThanOrEqual(count);
      }),
      { numRuns: runs(40, 1500) },
    );
    console.log({ stalls: tried });
  },
);

test('where nothing was lost, no gap is told', patient, () => {
  fc.assert(
    fc.property(
      fc.array(
        phase.filter(({ kind }) => kind !== 'lost'),
        { minLength: 1, maxLength: 6 },
      ),
      (phases) => {
        const { recorder, live, now, of } = rig();
        live({ kind: 'flows', ms: 2000 });
        recorder.message({ kind: 'begin', recording: 0, takeId: 'take', token: 't', base: '', goAt: now() });
        for (const one of phases) live(one);
        live({ kind: 'flows', ms: 1500 });
        recorder.message({ kind: 'stop', recording: 0, at: now() });
        recorder.tick();
        live({ kind: 'flows', ms: 400 });
        expect(of('stopped')[0]?.stopped.gaps).toBeUndefined();
      },
    ),
    { numRuns: runs(20, 700) },
  );
});

test('a gap is told at its place and with its length', () => {
  const { recorder, live, now, of } = rig();
  live({ kind: 'flows', ms: 2000 });
  recorder.message({ kind: 'begin', recording: 0, takeId: 'take', token: 't', base: '', goAt: now() });
  live({ kind: 'flows', ms: 3000 });
  live({ kind: 'lost', ms: 1500 });
  live({ kind: 'flows', ms: 3000 });
  live({ kind: 'late', ms: 3000, lots: 3 });
  live({ kind: 'flows', ms: 3000 });
  recorder.message({ kind: 'stop', recording: 0, at: now() });
  recorder.tick();
  live({ kind: 'flows', ms: 400 });
  const [gap, ...others] = of('stopped')[0]?.stopped.gaps ?? [];
  expect(others).toEqual([]);
  expect(gap?.frame).toBe(3.6 * rate);
  expect(Math.abs((gap?.ms ?? 0) - 1500)).toBeLessThanOrEqual(20);
});

test('a take begun right after a pause that lost sound has its whole beginning', patient, () => {
  fc.assert(
    fc.property(tens(160, 7900), tens(500, 4000), (lostMs, afterMs) => {
      const { recorder, live, now, frames, sampleOf, of } = rig();
      live({ kind: 'flows', ms: 3000 });
      live({ kind: 'lost', ms: lostMs });
      live({ kind: 'flows', ms: afterMs });
      const go = frames();
      recorder.message({ kind: 'begin', recording: 0, takeId: 'take', token: 't', base: '', goAt: now() });
      live({ kind: 'flows', ms: 2000 });
      recorder.message({ kind: 'stop', recording: 0, at: now() });
      recorder.tick();
      live({ kind: 'flows', ms: 400 });
      const stopped = of('stopped')[0]?.stopped;
      expect(stopped?.samples[0]).toBeLessThanOrEqual(sampleOf(go - 0.5 * rate));
      expect(stopped?.samples.length).toBeGreaterThanOrEqual(2.5 * rate - 2 * blockFrames);
    }),
    { numRuns: runs(15, 400) },
  );
});

test('a stop during a pause waits for what was said before it, up to 2 s', () => {
  for (const lateMs of [400, 1000, 1900]) {
    const { recorder, live, pass, now, frames, of } = rig();
    live({ kind: 'flows', ms: 3000 });
    recorder.message({ kind: 'begin', recording: 0, takeId: 'take', token: 't', base: '', goAt: now() });
    live({ kind: 'flows', ms: 3000 });
    const before = frames();
    pass(300, () => undefined);
    recorder.message({ kind: 'stop', recording: 0, at: now() });
    live({ kind: 'late', ms: lateMs, lots: 1 });
    const samples = of('stopped')[0]?.stopped.samples.length ?? 0;
    expect(of('stopped')).toHaveLength(1);
    expect(samples).toBeGreaterThan(before - 2.4 * rate);
  }
});

test('after 8 s without data the microphone is lost, and everything until then is there', () => {
  const { recorder, live, pass, now, of } = rig();
  live({ kind: 'flows', ms: 2000 });
  recorder.message({ kind: 'begin', recording: 0, takeId: 'take', token: 't', base: '', goAt: now() });
  live({ kind: 'flows', ms: 2000 });
  pass(8300, () => undefined);
  expect(of('trouble').map(({ trouble }) => trouble)).toEqual(['stalled', 'noData']);
  recorder.message({ kind: 'stop', recording: 0, at: now() });
  pass(2300, () => undefined);
  const stopped = of('stopped')[0]?.stopped;
  expect(stopped?.samples.length).toBe(2.6 * rate);
  expect(stopped?.gaps).toEqual([{ frame: 2.6 * rate, ms: expect.closeTo(8300, -2) }]);
});
