import { describe, expect, test } from 'vitest';
import { hear, hearingWindow } from '../../../../renderer/audio/hearing.ts';
import { createLevelMeter } from '../../../../renderer/audio/level.ts';
import type { Level } from '../../../../renderer/audio/types.ts';

/** Four seconds at these levels in turn, about three syllables a second. */
function spoken(voiceDb: number, roomDb: number, crest = 12): Level[] {
  return Array.from({ length: hearingWindow }, (_, i) => {
    const rmsDb = i % 10 < 5 ? voiceDb : roomDb;
    return { rmsDb, peakDb: Math.min(0, rmsDb + crest) };
  });
}

describe('the microphone check', () => {
  test.each([
    ['a voice in a quiet room', spoken(-22, -60), 'good'],
    ['a voice in a noisy hall', spoken(-22, -38), 'good'],
    ['a whisper far away', spoken(-45, -58), 'tooQuiet'],
    ['a mouth on the microphone', spoken(-8, -40), 'tooLoud'],
    ['noise alone, however loud', spoken(-30, -32), 'nothingHeard'],
    ['a dead input', spoken(-120, -120), 'nothingHeard'],
    ['something that moves far below any voice', spoken(-70, -90), 'nothingHeard'],
  ])('hears %s', (_, levels, hearing) => {
    expect(hear(levels)).toBe(hearing);
  });

  test('says nothing before half a second, and forgets what is older than four', () => {
    expect(hear(spoken(-22, -60).slice(0, 14))).toBe('nothingHeard');
    expect(hear([...spoken(-8, -40), ...spoken(-22, -60)])).toBe('good');
  });

  test('does not call a single knock too loud', () => {
    const levels = spoken(-22, -60);
    levels[50] = { rmsDb: -10, peakDb: 0 };
    expect(hear(levels)).toBe('good');
  });
});

test('the meter tells thirty levels a second, of a sine what a sine has', () => {
  const levels: Level[] = [];
  const meter = createLevelMeter(48_000, (level) => levels.push(level));
  const sine = Float32Array.from({ length: 48_000 }, (_, i) => 0.5 * Math.sin((i * 2 * Math.PI * 300) / 48_000));
  for (let at = 0; at < sine.length; at += 441) meter(sine.subarray(at, at + 441));
  expect(levels).toHaveLength(30);
  for (const level of levels) {
    expect(level.peakDb).toBeCloseTo(-6.02, 1);
    expect(level.rmsDb).toBeCloseTo(-9.03, 1);
  }
  meter(new Float32Array(1600));
  expect(levels[30]).toEqual({ rmsDb: -120, peakDb: -120 });
});
