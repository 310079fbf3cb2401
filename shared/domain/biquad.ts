/** A second-order filter, normalised so that a0 = 1: y = b0·x + b1·x₁ + b2·x₂ − a1·y₁ − a2·y₂. */
export interface Biquad {
  b0: number;
  b1: number;
  b2: number;
  a1: number;
  a2: number;
}

/** Runs samples through filters in series, keeping their state from one call to the next (direct form II transposed). */
export class FilterChain {
  private readonly filters: readonly Biquad[];
  private readonly state: Float64Array;

  constructor(filters: readonly Biquad[]) {
    this.filters = filters;
    this.state = new Float64Array(filters.length * 2);
  }

  /** Filters `count` values of `buffer` in place, from its start. */
  run(buffer: Float64Array, count: number): void {
    let stage = 0;
    for (; stage + 1 < this.filters.length; stage += 2) this.pair(stage, buffer, count);
    for (; stage < this.filters.length; stage++) {
      const { b0, b1, b2, a1, a2 } = this.filters[stage] as Biquad;
      let s1 = this.state[stage * 2] as number;
      let s2 = this.state[stage * 2 + 1] as number;
      for (let index = 0; index < count; index++) {
        const x = buffer[index] as number;
        const y = b0 * x + s1;
        s1 = b1 * x - a1 * y + s2;
        s2 = b2 * x - a2 * y;
        buffer[index] = y;
      }
      this.keep(stage, s1, s2);
    }
  }

  /** Two filters in one pass: neither waits for the other, which takes little more time than one alone. */
  private pair(stage: number, buffer: Float64Array, count: number): void {
    const { b0, b1, b2, a1, a2 } = this.filters[stage] as Biquad;
    const { b0: d0, b1: d1, b2: d2, a1: c1, a2: c2 } = this.filters[stage + 1] as Biquad;
    let s1 = this.state[stage * 2] as number;
    let s2 = this.state[stage * 2 + 1] as number;
    let t1 = this.state[stage * 2 + 2] as number;
    let t2 = this.state[stage * 2 + 3] as number;
    for (let index = 0; index < count; index++) {
      const x = buffer[index] as number;
      const y = b0 * x + s1;
      s1 = b1 * x - a1 * y + s2;
      s2 = b2 * x - a2 * y;
      const z = d0 * y + t1;
      t1 = d1 * y - c1 * z + t2;
      t2 = d2 * y - c2 * z;
      buffer[index] = z;
    }
    this.keep(stage, s1, s2);
    this.keep(stage + 1, t1, t2);
  }

  /** Values this small are silence; left alone they become denormal numbers, which processors add a hundred times slower. */
  private keep(stage: number, s1: number, s2: number): void {
    this.state[stage * 2] = Math.abs(s1) < 1e-25 ? 0 : s1;
    this.state[stage * 2 + 1] = Math.abs(s2) < 1e-25 ? 0 : s2;
  }
}

/**
 * The two stages of K-weighting for any sample rate (ITU-R BS.1770-4, annex 1): a head-related shelf of +4 dB and a
 * high-pass. The recommendation gives coefficients for 48 kHz only; these are the analogue prototypes behind them,
 * warped to the rate by the bilinear transform, and equal the printed ones at 48 kHz within 1e-9.
 */
export function kWeighting(sampleRate: number): Biquad[] {
  const shelfK = Math.tan((Math.PI * 1681.974450955533) / sampleRate);
  const shelfQ = 0.7071752369554196;
  const high = 10 ** (3.999843853973347 / 20);
  const band = high ** 0.4996667741545416;
  const shelfA0 = 1 + shelfK / shelfQ + shelfK * shelfK;
  const passK = Math.tan((Math.PI * 38.13547087602444) / sampleRate);
  const passQ = 0.5003270373238773;
  const passA0 = 1 + passK / passQ + passK * passK;
  return [
    {
      b0: (high + (band * shelfK) / shelfQ + shelfK * shelfK) / shelfA0,
      b1: (2 * (shelfK * shelfK - high)) / shelfA0,
      b2: (high - (band * shelfK) / shelfQ + shelfK * shelfK) / shelfA0,
      a1: (2 * (shelfK * shelfK - 1)) / shelfA0,
      a2: (1 - shelfK / shelfQ + shelfK * shelfK) / shelfA0,
    },
    { b0: 1, b1: -2, b2: 1, a1: (2 * (passK * passK - 1)) / passA0, a2: (1 - passK / passQ + passK * passK) / passA0 },
  ];
}

/** Butterworth second-order edge. */
function butterworth(sampleRate: number, frequency: number, kind: 'high' | 'low'): Biquad {
  const w = (2 * Math.PI * frequency) / sampleRate;
  const alpha = Math.sin(w) / Math.SQRT2;
  const cos = Math.cos(w);
  const a0 = 1 + alpha;
  const edge = kind === 'high' ? 1 + cos : 1 - cos;
  const middle = kind === 'high' ? -edge : edge;
  return { b0: edge / 2 / a0, b1: middle / a0, b2: edge / 2 / a0, a1: (-2 * cos) / a0, a2: (1 - alpha) / a0 };
}

/** Butterworth high-pass and low-pass around a band, in Hz; the upper edge is left open where it nears half the rate. */
export function bandPass(sampleRate: number, low: number, high: number): Biquad[] {
  const filters = [highPass(sampleRate, low)];
  if (high < sampleRate * 0.45) filters.push(butterworth(sampleRate, high, 'low'));
  return filters;
}

/** Butterworth high-pass of 12 dB an octave. */
export function highPass(sampleRate: number, frequency: number): Biquad {
  return butterworth(sampleRate, frequency, 'high');
}

/** Takes one frequency out, and half the power `width` Hz around it. */
export function notch(sampleRate: number, frequency: number, width: number): Biquad {
  const w = (2 * Math.PI * frequency) / sampleRate;
  const alpha = (Math.sin(w) * width) / (2 * frequency);
  const a0 = 1 + alpha;
  const middle = (-2 * Math.cos(w)) / a0;
  return { b0: 1 / a0, b1: middle, b2: 1 / a0, a1: middle, a2: (1 - alpha) / a0 };
}
