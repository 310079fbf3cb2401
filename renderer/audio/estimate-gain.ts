import { integratedLoudness, LoudnessMeter } from '../../shared/domain/loudness.ts';
import { defaultTarget } from '../../shared/domain/sound.ts';

/**
 * Gain in dB to publication loudness when the studio's verdict is not there (studio out of reach, analysis failed): the
 * gated loudness of the whole take, silence left out by the gates. Takes about 0.1 s for 90 s of sound.
 */
export function estimateGain(samples: Float32Array, sampleRate: number, lufs = defaultTarget.lufs): number {
  const meter = new LoudnessMeter(sampleRate);
  meter.push(samples);
  const loudness = integratedLoudness(meter.steps());
  return loudness === null ? 0 : Math.min(40, Math.max(-30, lufs - loudness));
}
