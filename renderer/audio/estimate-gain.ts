import { defaultTarget } from '../../shared/domain/sound.ts';

/**
 * Gain in dB towards publication loudness when the studio's verdict is not there (studio out of reach, analysis failed).
 * Rough, within about 2 dB on speech: the mean power of the 400 ms blocks that lie within 10 dB of the loudest ones.
 */
export function estimateGain(samples: Float32Array, sampleRate: number, lufs = defaultTarget.lufs): number {
  const size = Math.max(1, Math.round(sampleRate * 0.4));
  const powers: number[] = [];
  for (let start = 0; start + size <= samples.length; start += size) {
    let sum = 0;
    for (let i = start; i < start + size; i++) {
      const value = samples[i] ?? 0;
      sum += value * value;
    }
    powers.push(sum / size);
  }
  powers.sort((a, b) => b - a);
  const loud = powers[Math.floor(powers.length * 0.05)] ?? 0;
  if (loud < 1e-6) return 0;
  const kept = powers.filter((power) => power >= loud / 10);
  const mean = kept.reduce((a, b) => a + b, 0) / kept.length;
  // Dual-mono counts a mono signal twice: +3.01 dB, and BS.1770's −0.691 offset, left out with its K-weighting.
  const loudness = 10 * Math.log10(mean * 2);
  return Math.min(40, Math.max(-20, lufs - loudness));
}
