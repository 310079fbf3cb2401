/** Low enough for what is compared to stay cheap, high enough to tell two sounds apart: about 6 kHz. */
const wantedRate = 6000;
/** Seconds of each stretch that is compared. */
const stretchSeconds = 0.15;
/**
 * Two streams of one device carry the same samples, up to a resampler's rounding: 0.99 and more was seen. Two microphones
 * that stand together hear the same room with other ears, and stay below this.
 */
const alike = 0.9;

/** `unknown`: silence, or a first stream that is itself late. Nothing is ever done on that. */
export type Verdict = 'same' | 'other' | 'unknown';

/** Seconds of the second stream that are heard; the stretches end well before, so that a first that lags has them too. */
export const hearSeconds = 1.2;
/** Where in them the stretches end. */
const stretchEnds = [0.5, 0.8];
/** Seconds of the first stream, up to now, in which they are looked for: the two may be 0.4 s apart, either way. */
export const pastSeconds = 1.6;

/**
 * Whether a second stream of a device carries what the first does. It is `other` only when every stretch says so: a take
 * goes on with the second then, so a doubt is no reason.
 */
export function compareStreams(heard: Float32Array, past: Float32Array, sampleRate: number): Verdict {
  const found = stretchEnds.map((end) => standsIn(heard.subarray(0, Math.round(end * sampleRate)), past, sampleRate));
  if (found.includes(true)) return 'same';
  return found.includes(undefined) ? 'unknown' : 'other';
}

function thinned(samples: Float32Array, by: number): Float32Array {
  const out = new Float32Array(Math.floor(samples.length / by));
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    for (let k = 0; k < by; k++) sum += samples[i * by + k] ?? 0;
    out[i] = sum / by;
  }
  return out;
}

/**
 * Whether a stretch of `heard` stands in `past` too, at any place (Pearson's correlation, the mean taken out). Undefined
 * where `heard` is digital silence: that says nothing.
 */
export function standsIn(heard: Float32Array, past: Float32Array, sampleRate: number): boolean | undefined {
  const by = Math.max(1, Math.floor(sampleRate / wantedRate));
  const mine = thinned(heard.subarray(Math.max(0, heard.length - Math.round(stretchSeconds * sampleRate))), by);
  const mean = mine.reduce((sum, value) => sum + value, 0) / mine.length;
  const centred = mine.map((value) => value - mean);
  const energy = centred.reduce((sum, value) => sum + value * value, 0);
  if (mine.length === 0 || energy === 0) return undefined;
  // Thinned from another frame on, the same sound is other numbers: every beginning is tried.
  for (let phase = 0; phase < by; phase++) {
    if (hasAlike(thinned(past.subarray(phase), by), centred, energy)) return true;
  }
  return false;
}

/** Whether these numbers, their mean taken out, stand somewhere in `theirs`. */
function hasAlike(theirs: Float32Array, mine: Float32Array, energy: number): boolean {
  for (let lag = 0; lag + mine.length <= theirs.length; lag++) {
    let product = 0;
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < mine.length; i++) {
      const value = theirs[lag + i] ?? 0;
      product += value * (mine[i] ?? 0);
      sum += value;
      squares += value * value;
    }
    const other = squares - (sum * sum) / mine.length;
    if (other > 0 && product / Math.sqrt(other * energy) > alike) return true;
  }
  return false;
}
