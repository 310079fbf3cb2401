/** A mono WAV of 16 bits for playing at once; the master has 24. */
export function wav16(samples: Float32Array, sampleRate: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(44 + samples.length * 2);
  const view = new DataView(bytes.buffer);
  const text = (at: number, value: string) =>
    bytes.set(
      [...value].map((c) => c.charCodeAt(0)),
      at,
    );
  text(0, 'RIFF');
  view.setUint32(4, 36 + samples.length * 2, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, samples.length * 2, true);
  // The header is 44 bytes, so the samples are aligned; every platform a booth runs on is little-endian.
  const pcm = new Int16Array(bytes.buffer, 44);
  for (let i = 0; i < samples.length; i++) {
    const value = (samples[i] as number) * 32_768;
    // Rounded away from zero by truncation: several times faster than Math.round.
    const scaled = value < 0 ? value - 0.5 : value + 0.5;
    pcm[i] = scaled > 32_767 ? 32_767 : scaled < -32_768 ? -32_768 : scaled;
  }
  return bytes;
}

/** Largest magnitude of each of `bins` equal parts, 0 to 1. */
export function magnitudes(samples: Float32Array, bins: number): number[] {
  return Array.from({ length: bins }, (_, bin) => {
    const from = Math.floor((bin * samples.length) / bins);
    const to = Math.floor(((bin + 1) * samples.length) / bins);
    let peak = 0;
    for (let i = from; i < to; i++) {
      const magnitude = Math.abs(samples[i] as number);
      if (magnitude > peak) peak = magnitude;
    }
    return Math.min(1, peak);
  });
}
