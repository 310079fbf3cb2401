import { limit } from './limiter.ts';
import type { ListenBackOptions } from './types.ts';
import { magnitudes, wav16 } from './wav.ts';

const bins = 500;

export interface Prepared {
  wav: Uint8Array<ArrayBuffer>;
  peaks: number[];
}

self.addEventListener('message', ({ data }: MessageEvent<Omit<ListenBackOptions, 'trim'>>) => {
  const limited = limit(data.samples, data.sampleRate, data.gainDb);
  const prepared: Prepared = { wav: wav16(limited, data.sampleRate), peaks: magnitudes(limited, bins) };
  self.postMessage(prepared, { transfer: [prepared.wav.buffer] });
});
