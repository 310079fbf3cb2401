import type { Peaks } from './sound.ts';

/** The loudest peak of each of `bars` equal parts, 0…127; all zeros where there are no peaks. */
export function ringPeaks(peaks: Peaks, bars: number): number[] {
  const bins = Math.floor(peaks.values.length / 2);
  return Array.from({ length: bars }, (_, bar) => {
    let loudest = 0;
    for (let bin = Math.floor((bar * bins) / bars); bin < Math.floor(((bar + 1) * bins) / bars); bin++) {
      loudest = Math.max(loudest, -(peaks.values[2 * bin] ?? 0), peaks.values[2 * bin + 1] ?? 0);
    }
    return Math.min(127, loudest);
  });
}
