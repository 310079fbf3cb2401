/** Taps to each side of a sample between samples. */
const reach = 16;

/** Between-sample filters for `factor`-fold oversampling: a sinc under a Kaiser window (β 8), one row a phase. */
function phases(factor: number): Float64Array[] {
  const beta = 8;
  const bessel = (x: number) => {
    let sum = 1;
    let term = 1;
    for (let k = 1; k < 40; k++) {
      term *= (x / (2 * k)) ** 2;
      sum += term;
    }
    return sum;
  };
  const rows: Float64Array[] = [];
  for (let phase = 1; phase < factor; phase++) {
    const row = new Float64Array(reach * 2);
    for (let tap = 0; tap < reach * 2; tap++) {
      const distance = tap - (reach - 1) - phase / factor;
      const window = bessel(beta * Math.sqrt(Math.max(0, 1 - (distance / reach) ** 2))) / bessel(beta);
      row[tap] = (Math.sin(Math.PI * distance) / (Math.PI * distance)) * window;
    }
    rows.push(row);
  }
  return rows;
}

/** Oversampling that looks at least at 192 kHz, as BS.1770-4 annex 2 asks. */
export function oversampling(sampleRate: number): number {
  return sampleRate >= 192_000 ? 1 : sampleRate >= 96_000 ? 2 : 4;
}

/** Samples looked at with the same floor. */
const stretch = 64;

/**
 * A gap is looked into where one of the four samples around it reaches this share of what matters. Between samples a
 * sound reaches 1.4 times them at a quarter of the rate, the worst that BS.1770 tests; twice them only right under
 * half the rate, where a microphone has nothing to say.
 */
const nearby = 0.5;

/** Finds what a sound reaches between its samples (BS.1770-4 annex 2), passing over whatever is too quiet to matter. */
export class TruePeakFinder {
  private readonly rows: readonly Float64Array[];

  constructor(sampleRate: number) {
    this.rows = phases(oversampling(sampleRate));
  }

  /** The largest magnitude between sample `at` and the next; samples outside the array are silence. */
  between(samples: Float32Array, at: number): number {
    let largest = 0;
    const first = at - (reach - 1);
    const inside = first >= 0 && first + reach * 2 <= samples.length;
    for (const row of this.rows) {
      let sum = 0;
      if (inside)
        for (let tap = 0; tap < reach * 2; tap++) sum += (row[tap] as number) * (samples[first + tap] as number);
      else for (let tap = 0; tap < reach * 2; tap++) sum += (row[tap] as number) * (samples[first + tap] ?? 0);
      if (sum > largest) largest = sum;
      else if (-sum > largest) largest = -sum;
    }
    return largest;
  }

  /**
   * Calls `visit(index, magnitude)` for every gap between samples `index` and `index + 1` of `from`…`to` − 1 that could
   * exceed what `floor()` answers (asked anew for each stretch of samples).
   */
  scan(
    samples: Float32Array,
    from: number,
    to: number,
    floor: () => number,
    visit: (index: number, value: number) => void,
  ): void {
    for (let start = from; start < to; start += stretch) {
      const end = Math.min(to, start + stretch);
      const matters = floor() * nearby;
      let ahead = start;
      const last = Math.min(samples.length, end + 2);
      for (let at = Math.max(0, start - 1); at < last; at++) {
        const sample = samples[at] as number;
        if (sample <= matters && sample >= -matters) continue;
        const until = Math.min(end, at + 2);
        for (let gap = Math.max(ahead, at - 2); gap < until; gap++) visit(gap, this.between(samples, gap));
        ahead = Math.max(ahead, until);
      }
    }
  }
}

/** True peak of a mono sound while it comes in. */
export class TruePeakMeter {
  private readonly finder: TruePeakFinder;
  private tail: Float32Array = new Float32Array(reach * 2);
  private largest = 0;

  constructor(sampleRate: number) {
    this.finder = new TruePeakFinder(sampleRate);
  }

  push(samples: Float32Array): void {
    for (let index = 0; index < samples.length; index++) {
      const magnitude = Math.abs(samples[index] as number);
      if (magnitude > this.largest) this.largest = magnitude;
    }
    const joined = new Float32Array(this.tail.length + samples.length);
    joined.set(this.tail);
    joined.set(samples, this.tail.length);
    // The last `reach` gaps wait for the samples behind them.
    this.look(joined, reach, joined.length - reach);
    this.tail = joined.slice(-reach * 2);
  }

  private look(samples: Float32Array, from: number, to: number): void {
    const visit = (_: number, value: number) => {
      if (value > this.largest) this.largest = value;
    };
    this.finder.scan(samples, from, to, () => this.largest, visit);
  }

  /** Magnitude (1 is full scale) of the largest peak so far, the end of the sound included. */
  peak(): number {
    this.look(this.tail, reach, reach * 2);
    return this.largest;
  }
}
