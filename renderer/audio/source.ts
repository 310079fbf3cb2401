import { trackProcessor } from './media-stream-track-processor.ts';
import type { ToWorker } from './messages.ts';
import tapUrl from './tap.worklet.ts?worker&url';

/** Blocks the browser keeps for a busy worker: 10 s of 10 ms. The default loses 2.9 s of a 3 s pause. */
const maxBufferSize = 1000;

export interface Source {
  method: 'processor' | 'worklet';
  close(): void;
}

/** Leads a second stream of the device to the worker, to be compared; false where the browser has no exact way. */
export function connectCheck(track: MediaStreamTrack, worker: Worker): boolean {
  const Processor = trackProcessor();
  if (Processor === undefined) return false;
  const { readable } = new Processor({ track, maxBufferSize });
  worker.postMessage({ kind: 'check', readable } satisfies ToWorker, [readable]);
  return true;
}

/** Leads the track's sound into the worker, by the exact way where the browser has it. */
export async function connect(track: MediaStreamTrack, worker: Worker): Promise<Source> {
  const Processor = trackProcessor();
  if (Processor !== undefined) {
    const { readable } = new Processor({ track, maxBufferSize });
    worker.postMessage({ kind: 'stream', readable } satisfies ToWorker, [readable]);
    return { method: 'processor', close: () => undefined };
  }
  return connectWorklet(track, worker);
}

/** The fallback, which may drop or double a block on a busy machine; takes made with it say so. */
async function connectWorklet(track: MediaStreamTrack, worker: Worker): Promise<Source> {
  const { sampleRate } = track.getSettings();
  const context = new AudioContext(sampleRate === undefined ? {} : { sampleRate });
  await context.audioWorklet.addModule(tapUrl);
  const tap = new AudioWorkletNode(context, 'tap', { numberOfOutputs: 0 });
  const { port1, port2 } = new MessageChannel();
  tap.port.postMessage(port1, [port1]);
  worker.postMessage({ kind: 'port', port: port2, sampleRate: context.sampleRate } satisfies ToWorker, [port2]);
  context.createMediaStreamSource(new MediaStream([track])).connect(tap);
  await context.resume();
  return { method: 'worklet', close: () => void context.close() };
}
