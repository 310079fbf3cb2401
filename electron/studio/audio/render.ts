import { integratedLoudness, LoudnessMeter } from '../../../shared/domain/loudness.ts';
import type { Format, LoudnessTarget } from '../../../shared/domain/sound.ts';
import { TruePeakMeter } from '../../../shared/domain/truePeak.ts';
import { decodeFloat, encode, type FfmpegRun, resample } from './ffmpeg.ts';
import { making, publicationRate, publicationRates } from './formats.ts';
import { bringToLevel, type Measured } from './level.ts';
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

interface Attempt {
  format: Format;
  path: string;
  /** What this format is levelled to, and limited to before encoding; corrected by what came out. */
  lufs: number;
  ceilingDb: number;
}

const slice = 16_384;

function* pcmBlocks(channels: readonly Float32Array[], onShare: (share: number) => void): Generator<Buffer> {
  const frames = channels[0]?.length ?? 0;
  for (let at = 0; at < frames; at += slice) {
    const count = Math.min(slice, frames - at);
    const block = new Float32Array(count * channels.length);
    for (const [channel, samples] of channels.entries()) {
      for (let index = 0; index < count; index++)
        block[index * channels.length + channel] = samples[at + index] as number;
    }
    yield Buffer.from(block.buffer);
    onShare((at + count) / frames);
  }
}

/** Loudness and true peak of a file as a listener's player decodes it. */
export async function measureFile(run: FfmpegRun, path: string, sampleRate: number): Promise<Measured> {
  const loudness = new LoudnessMeter(sampleRate);
  const peak = new TruePeakMeter(sampleRate);
  for await (const samples of decodeFloat(run, path)) {
    loudness.push(samples);
    peak.push(samples);
  }
  return { lufs: integratedLoudness(loudness.steps()), truePeak: Math.max(-200, 20 * Math.log10(peak.peak())) };
}

async function atPublicationRate(run: FfmpegRun, samples: Float32Array, sampleRate: number): Promise<Float32Array> {
  const parts: Float32Array[] = [];
  const input = { sampleRate, channels: 1, blocks: pcmBlocks([samples], () => undefined) };
  for await (const part of resample(run, input, publicationRate)) parts.push(part);
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * Levels a sound, encodes it to every format in ONE ffmpeg process, then decodes each file again and measures it. What
 * a codec changed is corrected and that format made again, so every file is at the target because it was measured
 * there. Levelling and limiting happen here on plain numbers (see `level.ts`): measured, it took a third of the time
 * of ffmpeg's limiter at 192 kHz, and its delay and versions do not matter.
 */
export async function makeFiles({ run, target, outputs, onProgress, ...sound }: Making): Promise<Encoded[]> {
  const native = publicationRates.includes(sound.sampleRate);
  const sampleRate = native ? sound.sampleRate : publicationRate;
  const samples = native ? sound.samples : await atPublicationRate(run, sound.samples, sound.sampleRate);
  let open: Attempt[] = outputs.map(({ format, path }) => ({
    format,
    path,
    lufs: target.lufs,
    ceilingDb: target.truePeak + making[format].ceilingDb,
  }));
  const done: Encoded[] = [];
  for (let round = 1; open.length > 0; round++) {
    await encodeRound(run, { samples, sampleRate }, open, round === 1 ? onProgress : () => undefined);
    const again: Attempt[] = [];
    await Promise.all(
      open.map(async (attempt) => {
        const decodedRate = attempt.format === 'opus' ? publicationRate : sampleRate;
        const measured = await measureFile(run, attempt.path, decodedRate);
        const off = measured.lufs === null ? 0 : target.lufs - measured.lufs;
        const over = measured.truePeak - target.truePeak;
        if ((Math.abs(off) <= tolerance && over <= 0) || round === mostRounds) {
          done.push({ format: attempt.format, path: attempt.path, ...measured });
          return;
        }
        again.push({
          ...attempt,
          lufs: attempt.lufs + off,
          ceilingDb: over > 0 ? attempt.ceilingDb - over - 0.1 : attempt.ceilingDb,
        });
      }),
    );
    open = again;
  }
  onProgress(1);
  return outputs.map(({ format }) => done.find((file) => file.format === format) as Encoded);
}

async function encodeRound(
  run: FfmpegRun,
  { samples, sampleRate }: { samples: Float32Array; sampleRate: number },
  attempts: readonly Attempt[],
  onProgress: (share: number) => void,
): Promise<void> {
  const channels: Float32Array[] = [];
  const channelOf = new Map<string, number>();
  for (const { lufs, ceilingDb } of attempts) {
    const key = `${lufs} ${ceilingDb}`;
    if (channelOf.has(key)) continue;
    const levelled = await inSlices(bringToLevel(samples, sampleRate, { lufs, ceilingDb }), run.signal);
    if (!levelled) throw new NoLoudness('it has no loudness');
    channelOf.set(key, channels.length);
    channels.push(levelled.samples);
  }
  onProgress(0.3);
  const blocks = pcmBlocks(channels, (share) => onProgress(0.3 + 0.5 * share));
  const outputs = attempts.map(({ format, path, lufs, ceilingDb }) => ({
    path,
    channel: channelOf.get(`${lufs} ${ceilingDb}`) ?? 0,
    filters: making[format].filters,
    options: making[format].options,
  }));
  await encode(run, { sampleRate, channels: channels.length, blocks }, outputs);
  onProgress(0.8);
}
