import type { SpeechEdges } from '../../shared/domain/sound.ts';
import { limit, stepFrames, stepPeaks } from './limiter.ts';
import { magnitudes, wav16 } from './wav.ts';

const bins = 500;
const ceilingDb = -1.5;

/** First the sound, then, once it is known, how loud it is to be and which part of it. */
export type ToListenBack =
  | { kind: 'sound'; samples: Float32Array<ArrayBuffer>; sampleRate: number }
  | { kind: 'render'; gainDb: number; trim: SpeechEdges | undefined };

export interface Rendered {
  wav: Uint8Array<ArrayBuffer>;
  peaks: number[];
  duration: number;
}

let samples = new Float32Array(0);
let sampleRate = 1;
let peaks: Float32Array = new Float32Array(0);

/** The part to be heard, from the beginning of its first millisecond, where the gain curve has a step. */
function cut(trim: SpeechEdges | undefined) {
  const size = stepFrames(sampleRate);
  const first = trim === undefined ? 0 : Math.max(0, Math.floor((trim.start * sampleRate) / size));
  const end = trim === undefined ? samples.length : Math.min(samples.length, Math.round(trim.end * sampleRate));
  const last = Math.max(first, Math.ceil(end / size));
  return { samples: samples.subarray(first * size, Math.max(first * size, end)), peaks: peaks.subarray(first, last) };
}

self.addEventListener('message', ({ data }: MessageEvent<ToListenBack>) => {
  if (data.kind === 'sound') {
    ({ samples, sampleRate } = data);
    peaks = stepPeaks(samples, sampleRate);
    return;
  }
  const part = cut(data.trim);
  const limited = limit(part.samples, sampleRate, data.gainDb, ceilingDb, part.peaks);
  const wav = wav16(limited, sampleRate);
  const rendered: Rendered = { wav, peaks: magnitudes(limited, bins), duration: limited.length / sampleRate };
  self.postMessage(rendered, { transfer: [wav.buffer] });
});
