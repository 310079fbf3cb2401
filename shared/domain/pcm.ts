/** Bytes of one mono frame of a master: 24 bits. */
export const bytesPerFrame = 3;
const fullScale = 8_388_608;

/**
 * Packs samples (−1 to 1, nominal) from index `from` up to `to` as signed 24-bit little-endian: rounded to the nearest
 * step of 2⁻²³ and clamped, so that a source of 24 bits or fewer comes through bit for bit.
 */
export function packS24le(samples: Float32Array, from = 0, to = samples.length): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array((to - from) * bytesPerFrame);
  let at = 0;
  for (let i = from; i < to; i++) {
    const scaled = Math.round((samples[i] as number) * fullScale);
    const value = scaled > fullScale - 1 ? fullScale - 1 : scaled < -fullScale ? -fullScale : scaled;
    bytes[at++] = value;
    bytes[at++] = value >> 8;
    bytes[at++] = value >> 16;
  }
  return bytes;
}

/** The inverse of `packS24le`; bytes beyond the last whole frame are left out. */
export function unpackS24le(bytes: Uint8Array): Float32Array<ArrayBuffer> {
  const frames = Math.floor(bytes.length / bytesPerFrame);
  const samples = new Float32Array(frames);
  for (let i = 0; i < frames; i++) {
    const at = i * bytesPerFrame;
    const low = (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
    // Shifted up and back down, the third byte carries the sign.
    samples[i] = (low | (((bytes[at + 2] as number) << 24) >> 8)) / fullScale;
  }
  return samples;
}
