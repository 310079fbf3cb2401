import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findSpeech, SpeechLevelMeter, suggestTrim, trimPad } from '../../../../shared/domain/speechEdges.ts';
import { ClipMeter, soundWarnings } from '../../../../shared/domain/warnings.ts';

const frames = (...parts: [seconds: number, db: number][]) =>
  parts.flatMap(([seconds, db]) => Array.from({ length: Math.round(seconds * 20) }, (_, index) => db + (index % 3)));

describe('speech edges', () => {
  test('are found over the room, not over a fixed level', () => {
    for (const room of [-70, -50, -35]) {
      const found = findSpeech(frames([2, room], [5, room + 25], [3, room]));
      expect(found.speech).toEqual({ start: 2, end: 7 });
      expect(found.speechSeconds).toBe(5);
    }
  });

  test('pass over a knock and keep pauses inside', () => {
    const found = findSpeech(frames([1, -60], [0.15, -20], [2, -60], [3, -25], [2, -60], [3, -25], [1, -60]));
    expect(found.speech?.start).toBeCloseTo(3.15, 6);
    expect(found.speech?.end).toBeCloseTo(11.15, 6);
    expect(found.speechSeconds).toBeCloseTo(6, 6);
  });

  test('are none in an even room, in silence and in nothing', () => {
    for (const quiet of [frames([20, -45]), frames([20, -150]), []]) {
      expect(findSpeech(quiet)).toMatchObject({ speech: null, speechSeconds: 0 });
    }
  });

  test('are not moved by digital silence before a microphone opens', () => {
    const found = findSpeech(frames([5, -150], [2, -55], [8, -25], [2, -55]));
    expect(found.speech).toEqual({ start: 7, end: 15 });
  });

  test('always lie inside the take, and the trim around them', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -150, max: 0, noNaN: true }), { maxLength: 400 }), (levels) => {
        const duration = levels.length / 20;
        const { speech, speechSeconds, floorDb, speechDb } = findSpeech(levels);
        expect(floorDb).toBeLessThanOrEqual(speechDb);
        const trim = suggestTrim(speech, duration);
        expect(trim.start).toBeGreaterThanOrEqual(0);
        expect(trim.end).toBeLessThanOrEqual(duration + 1e-9);
        if (!speech) return;
        expect(speech.start).toBeLessThan(speech.end);
        expect(speechSeconds).toBeLessThanOrEqual(speech.end - speech.start + 1e-9);
        expect(speech.start - trim.start).toBeLessThanOrEqual(trimPad + 1e-9);
        expect(trim.end - speech.end).toBeLessThanOrEqual(trimPad + 1e-9);
      }),
    );
  });

  test('levels are those of the band of speech', () => {
    const level = (frequency: number) => {
      const meter = new SpeechLevelMeter(48_000);
      meter.push(
        Float32Array.from({ length: 48_000 }, (_, at) => 0.1 * Math.sin((2 * Math.PI * frequency * at) / 48_000)),
      );
      return meter.frames().at(-1) as number;
    };
    expect(level(1000)).toBeCloseTo(-23.01, 1);
    expect(level(50)).toBeLessThan(-36);
    expect(level(15_000)).toBeLessThan(-36);
  });
});

describe('warnings', () => {
  const good = { clips: 0, lufs: -24, peakDb: -6, floorDb: -60, speechDb: -25, hasSpeech: true, speechSeconds: 40 };

  test('each has its threshold', () => {
    expect(soundWarnings(good)).toEqual([]);
    expect(soundWarnings({ ...good, clips: 1 })).toEqual(['clipped']);
    expect(soundWarnings({ ...good, lufs: -40.1 })).toEqual(['tooQuiet']);
    expect(soundWarnings({ ...good, floorDb: -44.9 })).toEqual(['noisy']);
    expect(soundWarnings({ ...good, speechSeconds: 19.9 })).toEqual(['tooShort']);
    expect(soundWarnings({ ...good, lufs: -40, floorDb: -45, speechSeconds: 20 })).toEqual([]);
  });

  test('a silent take is only silent', () => {
    const silent = { ...good, hasSpeech: false, speechSeconds: 0 };
    expect(soundWarnings(silent)).toEqual(['silent']);
    expect(soundWarnings({ ...good, lufs: null, peakDb: null, speechSeconds: 0 })).toEqual(['silent']);
    expect(soundWarnings({ ...good, peakDb: -61 })).toEqual(['silent']);
    expect(soundWarnings({ ...good, floorDb: -30 })).toEqual(['silent']);
  });

  test('a wave cut flat is clipped, a high peak is not', () => {
    const clips = (...samples: number[]) => {
      const meter = new ClipMeter();
      for (const sample of samples) meter.push(Float32Array.of(sample));
      return meter.clips();
    };
    expect(clips(0.5, 1, 1, 0.5, -1, -1, 0)).toBe(0);
    expect(clips(0.5, 1, 1, 1, 1, 0.5, -1, -1, -1, 0)).toBe(2);
    expect(clips(1, -1, 1, -1, 1, -1)).toBe(0);
  });
});
