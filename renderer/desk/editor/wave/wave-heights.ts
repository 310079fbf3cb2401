/** Minimum and maximum of each bin, interleaved. */
export interface Bins {
  values: ArrayLike<number>;
}

/**
 * Stored peaks (min and max interleaved) as one magnitude a bin, scaled so that the loudest reaches `height` of
 * the drawing. Quiet takes are drawn at most 8 times larger, so that silence still looks like silence.
 */
export function waveHeights(peaks: Bins, fullScale = 128, height = 0.95): Float32Array {
  const bins = Math.floor(peaks.values.length / 2);
  const heights = new Float32Array(Math.max(1, bins));
  let loudest = 0;
  for (let bin = 0; bin < bins; bin++) {
    const low = Math.abs(peaks.values[bin * 2] as number);
    const high = Math.abs(peaks.values[bin * 2 + 1] as number);
    const value = Math.max(low, high) / fullScale;
    heights[bin] = value;
    if (value > loudest) loudest = value;
  }
  const scale = loudest === 0 ? 0 : Math.min(8, height / loudest);
  for (let bin = 0; bin < bins; bin++) heights[bin] = (heights[bin] as number) * scale;
  return heights;
}
