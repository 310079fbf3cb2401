/** Edges of the ear's own bands (Bark), in Hz: noise is told from voice as finely as it is heard, and no finer. */
const edges = [
  100, 200, 300, 400, 510, 630, 770, 920, 1080, 1270, 1480, 1720, 2000, 2320, 2700, 3150, 3700, 4400, 5300, 6400, 7700,
  9500, 12_000, 15_500,
];
export const bandCount = edges.length + 1;

/** Frames looked at together: about 21 ms, a power of two. */
export function windowFrames(sampleRate: number): number {
  return 2 ** Math.round(Math.log2(sampleRate * 0.0213));
}

/** A sine window: its square adds up to one with its neighbours half a window away. */
export function sineWindow(size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, index) => Math.sin((Math.PI * (index + 0.5)) / size));
}

/** First spectral line of each band, and one more for the end; bands above half the rate are empty. */
export function bandLines(sampleRate: number): Uint32Array {
  const size = windowFrames(sampleRate);
  const line = (frequency: number) => Math.min(size / 2 + 1, Math.ceil((frequency * size) / sampleRate));
  return Uint32Array.from([0, ...edges.map(line), size / 2 + 1]);
}

/** Mean power of the lines of each band of two real sounds that were transformed as one. */
export function pairPowers(
  real: Float64Array,
  imaginary: Float64Array,
  lines: Uint32Array,
  first: Float64Array,
  second: Float64Array,
): void {
  const { length: size } = real;
  for (let band = 0; band < bandCount; band++) {
    const from = lines[band] as number;
    const to = lines[band + 1] as number;
    let one = 0;
    let other = 0;
    for (let line = from; line < to; line++) {
      const mirror = (size - line) & (size - 1);
      const [a, b] = [real[line] as number, imaginary[line] as number];
      const [c, d] = [real[mirror] as number, imaginary[mirror] as number];
      one += (a + c) ** 2 + (b - d) ** 2;
      other += (b + d) ** 2 + (a - c) ** 2;
    }
    // So scaled, a line of white noise is as strong as the noise's own power.
    const scale = to > from ? 1 / (2 * size * (to - from)) : 0;
    first[band] = one * scale;
    second[band] = other * scale;
  }
}
