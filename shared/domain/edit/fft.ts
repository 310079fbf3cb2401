/** A complex Fourier transform of one size (a power of two), in place. */
export class Fourier {
  readonly size: number;
  private readonly cos: Float64Array;
  private readonly sin: Float64Array;
  private readonly order: Uint32Array;

  constructor(size: number) {
    this.size = size;
    this.cos = Float64Array.from({ length: size / 2 }, (_, k) => Math.cos((2 * Math.PI * k) / size));
    this.sin = Float64Array.from({ length: size / 2 }, (_, k) => -Math.sin((2 * Math.PI * k) / size));
    this.order = new Uint32Array(size);
    for (let index = 1, bit = size >> 1; index < size; index++, bit = size >> 1) {
      let reversed = this.order[index - 1] as number;
      for (; reversed & bit; bit >>= 1) reversed ^= bit;
      this.order[index] = reversed | bit;
    }
  }

  /** Σ x·e^(−2πikn/N). Called with the two parts exchanged it is the inverse, times N. */
  run(real: Float64Array, imaginary: Float64Array): void {
    const { size, order, cos, sin } = this;
    for (let index = 0; index < size; index++) {
      const other = order[index] as number;
      if (other <= index) continue;
      const re = real[index] as number;
      const im = imaginary[index] as number;
      real[index] = real[other] as number;
      imaginary[index] = imaginary[other] as number;
      real[other] = re;
      imaginary[other] = im;
    }
    for (let half = 1; half < size; half *= 2) {
      const step = size / (half * 2);
      for (let start = 0; start < size; start += half * 2) {
        for (let k = 0, a = start, b = start + half; k < half; k++, a++, b++) {
          const c = cos[k * step] as number;
          const s = sin[k * step] as number;
          const re = (real[b] as number) * c - (imaginary[b] as number) * s;
          const im = (real[b] as number) * s + (imaginary[b] as number) * c;
          real[b] = (real[a] as number) - re;
          imaginary[b] = (imaginary[a] as number) - im;
          real[a] = (real[a] as number) + re;
          imaginary[a] = (imaginary[a] as number) + im;
        }
      }
    }
  }
}
