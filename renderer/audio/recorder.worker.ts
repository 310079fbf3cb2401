import { clockMs, type FromWorker, type ToWorker } from './messages.ts';
import { monoOf } from './mono.ts';
import { putChunk } from './put-chunk.ts';
import { createRecorder } from './recorder.ts';

/** After the microphone is closed and all is delivered, what is kept for a repeat is let go after this long. */
const lingerMs = 60_000;

const recorder = createRecorder({
  post: (message: FromWorker, transfer: Transferable[] = []) => self.postMessage(message, { transfer }),
  put: putChunk,
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  now: clockMs,
});

setInterval(() => recorder.tick(), 100);

async function read(readable: ReadableStream<AudioData>): Promise<void> {
  const reader = readable.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return recorder.ended();
    try {
      recorder.block(monoOf(value), value.sampleRate);
    } finally {
      value.close();
    }
  }
}

function leaveWhenIdle(): void {
  setInterval(() => {
    if (recorder.idle) self.close();
  }, lingerMs);
}

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'stream') {
    read(data.readable).catch(() => recorder.ended());
  } else if (data.kind === 'port') {
    const { port, sampleRate } = data;
    port.onmessage = ({ data: block }: MessageEvent<Float32Array>) => recorder.block(block, sampleRate);
  }
  recorder.message(data);
  if (data.kind === 'close') leaveWhenIdle();
});
