/** Attack and hold of the look-ahead, and the release, in seconds. */
const lookAheadSeconds = 0.005;
const releaseSeconds = 0.05;

/**
 * Gain in dB, then a look-ahead peak limiter, so that the visitor hears the take as it will be published. The samples'
 * peak stays at or below `ceilingDb`; 0.5 dB under the −1 dBTP of publication leaves room for peaks between samples.
 *
 * The reduction wanted by each sample is held as a sliding minimum over the look-ahead (a monotonic queue, so the cost
 * does not grow with its length), falls linearly-averaged over the same time and so is complete when the peak comes, and
 * recovers exponentially. Output and input have the same length and are aligned.
 */
export function limit(
  samples: Float32Array,
  sampleRate: number,
  gainDb: number,
  ceilingDb = -1.5,
): Float32Array<ArrayBuffer> {
  const gain = 10 ** (gainDb / 20);
  const ceiling = 10 ** (ceilingDb / 20);
  const { length } = samples;
  const output = new Float32Array(length);
  const ahead = Math.max(1, Math.round(lookAheadSeconds * sampleRate));
  const release = 1 - Math.exp(-1 / (releaseSeconds * sampleRate));

  // Ring of the envelopes under the averaging window, and the monotonic queue of (index, reduction).
  const window = new Float64Array(ahead).fill(1);
  const queueIndex = new Int32Array(ahead + 1);
  const queueValue = new Float64Array(ahead + 1);
  let head = 0;
  let size = 0;
  let sum = ahead;
  let envelope = 1;

  for (let i = 0; i < length + ahead - 1; i++) {
    const magnitude = i < length ? Math.abs((samples[i] as number) * gain) : 0;
    const wanted = magnitude > ceiling ? ceiling / magnitude : 1;
    while (size > 0 && (queueValue[(head + size - 1) % (ahead + 1)] as number) >= wanted) size--;
    const slot = (head + size) % (ahead + 1);
    queueIndex[slot] = i;
    queueValue[slot] = wanted;
    size++;
    if ((queueIndex[head] as number) <= i - ahead) {
      head = (head + 1) % (ahead + 1);
      size--;
    }
    const held = queueValue[head] as number;
    envelope = held < envelope ? held : envelope + (held - envelope) * release;
    const place = i % ahead;
    sum += envelope - (window[place] as number);
    window[place] = envelope;
    const at = i - ahead + 1;
    if (at >= 0) output[at] = (samples[at] as number) * gain * Math.min(1, sum / ahead);
  }
  return output;
}
