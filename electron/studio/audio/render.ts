import { bringToLevel, type Levelled, type Measured, measureTruePeak } from '../../../shared/domain/level.ts';
import { integratedLoudness, LoudnessMeter } from '../../../shared/domain/loudness.ts';
import type { Format, LoudnessTarget } from '../../../shared/domain/sound.ts';
import { TruePeakMeter } from '../../../shared/domain/truePeak.ts';
import { ProgramFailed } from '../../programs/failure.ts';
import { decodeFloat, encode, type FfmpegRun, resample } from './ffmpeg.ts';
import { making, publicationRate, publicationRates } from './formats.ts';
import { inSlices } from './slices.ts';

/** A sound that no gain brings to the target: it has no loudness. */
export class NoLoudness extends Error {
  override readonly name = 'NoLoudness';
}

export interface Encoded extends Measured {
  format: Format;
  path: string;
}

export interface Making {
  run: FfmpegRun;
  samples: Float32Array;
  sampleRate: number;
  target: LoudnessTarget;
  /** Where each format is written; the files are there when the promise is kept. */
  outputs: readonly { format: Format; path: string }[];
  /** 0…1. */
  onProgress: (share: number) => void;
}

/** How far a decoded file may be from the loudness asked for, in LU, before it is made again. */
const tolerance = 0.1;
const mostRounds = 4;
/** Silence that a codec may add at both ends, in seconds: two frames of any of them, many times over. */
const codecsPad = 2;
/** Further below the ceiling than a file was over it, in dB: a codec never overshoots twice alike. */
const caution = 0.1;

/**
 * Loudness and true peak of a file as a listener's player decodes it. More than `mostSeconds` of it is not what was
 * encoded.
 */
export async function measureFile(
  run: FfmpegRun,
  path: string,
  sampleRate: number,
  mostSeconds = Infinity,
): Promise<Measured> {
  const loudness = new LoudnessMeter(sampleRate);
  const peak = new TruePeakMeter(sampleRate);
  for await (const samples of decodeFloat(run, path, Math.ceil(mostSeconds * sampleRate))) {
    loudness.push(samples);
    peak.push(samples);
  }
  return { lufs: integratedLoudness(loudness.steps()), truePeak: Math.max(-200, 20 * Math.log10(peak.peak())) };
}

async function atPublicationRate(run: FfmpegRun, samples: Float32Array, sampleRate: number): Promise<Float32Array> {
  const parts: Float32Array[] = [];
  for await (const part of resample(run, { sampleRate, samples }, publicationRate)) parts.push(part);
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * Levels a sound, encodes it, then decodes each file again and measures it. What a codec changed is corrected and that
 * file made again, so every file is at the target because it was measured there; one from a lossless codec is measured
 * as it went in. Levelling and limiting happen here on plain numbers (see `level.ts`), so neither the delay nor the
 * version of ffmpeg's limiter matters, and one levelled sound serves all formats with the same ceiling.
 */
export async function makeFiles({ run, target, outputs, onProgress, ...sound }: Making): Promise<Encoded[]> {
  const native = publicationRates.includes(sound.sampleRate);
  const sampleRate = native ? sound.sampleRate : publicationRate;
  const samples = native ? sound.samples : await atPublicationRate(run, sound.samples, sound.sampleRate);

  const levels = new Map<string, Promise<Levelled>>();
  const levelled = (lufs: number, ceilingDb: number) => {
    const key = `${lufs} ${ceilingDb}`;
    const made =
      levels.get(key) ??
      inSlices(bringToLevel(samples, sampleRate, { lufs, ceilingDb }), run.signal).then((result) => {
        if (!result) throw new NoLoudness('it has no loudness');
        return result;
      });
    levels.set(key, made);
    return made;
  };

  const shares = outputs.map(() => 0);
  const make = async (index: number, format: Format, path: string): Promise<Encoded> => {
    const { options, filters, lossless, begins } = making[format];
    const decodedRate = format === 'opus' ? publicationRate : sampleRate;
    const tell = (share: number) => {
      shares[index] = Math.max(shares[index] as number, share);
      onProgress(shares.reduce((sum, value) => sum + value, 0) / shares.length);
    };
    let lufs = target.lufs;
    let ceilingDb = target.truePeak + making[format].ceilingDb;
    for (let round = 1; ; round++) {
      const ready = levelled(lufs, ceilingDb);
      const going = ready.then((sound) => sound.samples);
      // Told by `ready`; an encoder that never started does not listen.
      going.catch(() => undefined);
      const input = { sampleRate, samples: going, onShare: (share: number) => tell(0.25 + share / 2) };
      // The first to fail is the reason: an encoder that got nothing fails too, but later.
      const [sound] = await Promise.all([ready, encode(run, input, { path, filters, options, begins })]);
      const measured: Measured = lossless
        ? { lufs: sound.lufs, truePeak: await inSlices(measureTruePeak(sound.samples, sampleRate), run.signal) }
        : await measureFile(run, path, decodedRate, sound.samples.length / sampleRate + codecsPad);
      if (measured.lufs === null) {
        throw new ProgramFailed('saidNonsense', run.binary, { why: 'what it wrote is silent' });
      }
      const off = target.lufs - measured.lufs;
      const over = measured.truePeak - target.truePeak;
      // What no codec changed was brought as near as it comes: another round would only press it harder.
      if (lossless || (Math.abs(off) <= tolerance && over <= 0) || round === mostRounds) {
        tell(1);
        return { format, path, ...measured };
      }
      lufs += off;
      if (over > 0) ceilingDb -= over + caution;
    }
  };
  const all = await Promise.allSettled(outputs.map(({ format, path }, index) => make(index, format, path)));
  return all.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}
