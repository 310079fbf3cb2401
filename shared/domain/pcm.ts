/** Masters are 24-bit little-endian mono PCM: three bytes a frame. */
export const bytesPerFrame = 3;
const fullScale = 0x800000;

/**
 * Packs samples (−1…1) as 24-bit little-endian PCM: `Math.round(x * 2²³)`, clamped to −2²³…2²³−1; NaN becomes 0.
 * Writes into `out` where given (at least 3 bytes a sample) and answers the part written.
 */
export function packS24(
  samples: Float32Array | Float64Array,
  out: Uint8Array<ArrayBuffer> = new Uint8Array(samples.length * bytesPerFrame),
): Uint8Array<ArrayBuffer> {
  const size = samples.length * bytesPerFrame;
  if (out.length < size) throw new RangeError(`packS24 needs ${size} bytes, got ${out.length}`);
  for (let index = 0, at = 0; index < samples.length; index++) {
    const scaled = Math.round((samples[index] as number) * fullScale);
    const value = scaled > fullScale - 1 ? fullScale - 1 : scaled < -fullScale ? -fullScale : scaled | 0;
    out[at++] = value;
    out[at++] = value >> 8;
    out[at++] = value >> 16;
  }
  return out.subarray(0, size);
}

/** The samples (−1 ≤ x < 1) of 24-bit little-endian PCM; exact, since a float32 holds 24 bits. Whole frames only. */
export function unpackS24(pcm: Uint8Array, out = new Float32Array(pcm.length / bytesPerFrame)): Float32Array {
  if (pcm.length % bytesPerFrame !== 0) throw new RangeError(`${pcm.length} bytes are not whole 24-bit frames`);
  const frames = pcm.length / bytesPerFrame;
  if (out.length < frames) throw new RangeError(`unpackS24 needs room for ${frames} samples, got ${out.length}`);
  for (let index = 0, at = 0; index < frames; index++) {
    const low = (pcm[at++] as number) | ((pcm[at++] as number) << 8);
    out[index] = (((pcm[at++] as number) << 24) | (low << 8)) / 0x80000000;
  }
  return out.subarray(0, frames);
}
