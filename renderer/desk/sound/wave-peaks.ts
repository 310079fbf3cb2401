import type { Peaks } from '../../../shared/domain/sound.ts';

/**
 * Stored peaks (int8, min and max interleaved) as one magnitude a bar, −1…1 scale, each bar the largest of its stretch,
 * scaled so that the loudest reaches `height` of the drawing. Quiet takes are drawn at most 8 times larger, so that
 * silence still looks like silence.
 */
export function wavePeaks(peaks: Peaks, bars: number, height = 0.95): number[] {
  const bins = Math.floor(peaks.values.length / 2);
  const count = Math.max(1, Math.min(bars, bins));
  const drawn = new Array<number>(count).fill(0);
  for (let bar = 0; bar < count; bar++) {
    const first = Math.floor((bar * bins) / count);
    const end = Math.max(first + 1, Math.floor(((bar + 1) * bins) / count));
    for (let bin = first; bin < end && bin < bins; bin++) {
      const low = Math.abs(peaks.values[bin * 2] as number);
      const high = Math.abs(peaks.values[bin * 2 + 1] as number);
      drawn[bar] = Math.max(drawn[bar] as number, low / 128, high / 128);
    }
  }
  const loudest = Math.max(...drawn);
  const scale = loudest === 0 ? 0 : Math.min(8, height / loudest);
  return drawn.map((value) => value * scale);
}
