import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createGapFinder } from '../../../../renderer/audio/gaps.ts';
import { createRecorder } from '../../../../renderer/audio/recorder.ts';
import { compareStreams, hearSeconds, pastSeconds, standsIn } from '../../../../renderer/audio/same-sound.ts';
import { runs } from '../../../fixtures/runs.ts';

/** The thorough number takes its time on a busy machine. */
const patient = { timeout: 900_000 };

const rate = 48_000;

/** Noise as a room gives it, repeatable, −1 to 1, with a voice's slow swell. */
function room(seed: number, frames: number): Float32Array {
  let state = seed;
  let low = 0;
  return Float32Array.from({ length: frames }, (_, i) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    low += (state / 0x8000_0000 - 1 - low) * 0.2;
    return low * (0.02 + 0.1 * Math.sin(i / 9000) ** 2);
  });
}

test(
  'two streams of one device are the same wherever they are cut, and louder or rounded; other devices are not',
  patient,
  () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 1_000_000 }),
        fc.integer({ min: 0, max: 20_000 }),
        fc.double({ min: 0.25, max: 4, noNaN: true }),
        (seed, shift, gain) => {
          const sound = room(seed, rate);
          const second = sound
            .subarray(shift, shift + 19_200)
            .map((value) => Math.round(value * gain * 32_768) / 32_768);
          expect(standsIn(second, sound, rate)).toBe(true);
          expect(standsIn(room(seed + 1, 19_200), sound, rate)).toBe(false);
        },
      ),
      { numRuns: runs(12, 150) },
    );
  },
);

test('digital silence says nothing', () => {
  expect(standsIn(new Float32Array(19_200), room(1, rate), rate)).toBeUndefined();
});

test('what came from elsewhere is noted like lost sound, from the pause on', () => {
  const finder = createGapFinder(rate);
  let now = 0;
  const flow = (ms: number) => {
    for (let passed = 0; passed < ms; passed += 10) {
      now += 10;
      finder.arrived(480, now);
    }
  };
  flow(3000);
  now += 300;
  flow(1500);
  expect(finder.count).toBe(1);
  flow(700);
  finder.foreign(now);
  const told = finder.found();
  expect(told).toEqual([{ frame: 3 * rate, ms: 300 + 2200 }]);
  flow(2000);
  expect(finder.found()).toEqual(told);
});

test(
  'a first stream that lags, by up to 0.4 s either way, is still the same; only certainty says other',
  patient,
  () => {
    const second = (sound: Float32Array, lagMs: number) => {
      const now = 3 * rate;
      const past = sound.subarray(now - Math.round(pastSeconds * rate), now);
      const end = now + Math.round((lagMs * rate) / 1000);
      return compareStreams(sound.subarray(end - Math.round(hearSeconds * rate), end), past, rate);
    };
    fc.assert(
      fc.property(fc.nat({ max: 1_000_000 }), fc.integer({ min: -390, max: 390 }), (seed, lagMs) => {
        expect(second(room(seed, 4 * rate), lagMs)).toBe('same');
      }),
      { numRuns: runs(8, 200) },
    );
    const [past, heard] = [room(1, pastSeconds * rate), room(2, Math.round(hearSeconds * rate))];
    expect(compareStreams(heard, past, rate)).toBe('other');
    // Half of it silent: nothing is certain.
    heard.fill(0, 0, Math.round(0.6 * rate));
    expect(compareStreams(heard, past, rate)).toBe('unknown');
  },
);

test('while the first stream itself pauses or is late, nothing is said of it', () => {
  let clock = 0;
  const recorder = createRecorder({
    post: () => undefined,
    put: () => Promise.reject(new Error('no take')),
    wait: () => Promise.resolve(),
    now: () => clock,
  });
  const sound = room(3, 8 * rate);
  let at = 0;
  const flow = (ms: number) => {
    for (let passed = 0; passed < ms; passed += 10) {
      clock += 10;
      recorder.block(sound.subarray(at, at + 480), rate);
      at += 480;
    }
  };
  const foreign = room(4, Math.round(hearSeconds * rate));
  flow(2000);
  expect(recorder.compare(foreign, 44_100)).toBe('unknown');
  clock += 400;
  expect(recorder.compare(foreign, rate)).toBe('unknown');
  flow(1000);
  expect(recorder.compare(foreign, rate)).toBe('unknown');
  flow(1000);
  expect(recorder.compare(sound.subarray(at - Math.round(hearSeconds * rate), at), rate)).toBe('same');
  expect(recorder.compare(foreign, rate)).toBe('other');
});
