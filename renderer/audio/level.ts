import type { Level } from './types.ts';

/** dBFS given to digital silence. */
export const silenceDb = -120;
const perSecond = 30;

export function toDb(magnitude: number): number {
  return magnitude > 0 ? Math.max(silenceDb, 20 * Math.log10(magnitude)) : silenceDb;
}

/** Cuts the sound into thirtieths of a second and tells the level of each. */
export function createLevelMeter(sampleRate: number, tell: (level: Level) => void) {
  const size = Math.max(1, Math.round(sampleRate / perSecond));
  let sum = 0;
  let peak = 0;
  let count = 0;

  return (block: Float32Array): void => {
    for (const value of block) {
      sum += value * value;
      const magnitude = Math.abs(value);
      if (magnitude > peak) peak = magnitude;
      if (++count < size) continue;
      tell({ rmsDb: toDb(Math.sqrt(sum / count)), peakDb: toDb(peak) });
      sum = 0;
      peak = 0;
      count = 0;
    }
  };
}
