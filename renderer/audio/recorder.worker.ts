import { clockMs, type FromWorker, type ToWorker } from './messages.ts';
import { monoOf } from './mono.ts';
import { patience } from './patience.ts';
import { putChunk } from './put-chunk.ts';
import { createRecorder } from './recorder.ts';
import { hearSeconds } from './same-sound.ts';

/** After the microphone is closed and all is delivered, what is kept for a repeat is let go after this long. */
const lingerMs = 60_000;

const post = (message: FromWorker, transfer: Transferable[] = []) => self.postMessage(message, { transfer });

const recorder = createRecorder({
  post,
  put: putChunk,
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  now: clockMs,
});

setInterval(() => recorder.tick(), 100);

type Reader = ReadableStreamDefaultReader<AudioData>;
/** The stream that is recorded; another may take its place. */
let reader: Reader | undefined;

async function read(own: Reader): Promise<void> {
  reader = own;
  for (;;) {
    const { done, value } = await own.read();
    if (reader !== own) return value?.close();
    if (done) return recorder.ended();
    try {
      recorder.block(monoOf(value), value.sampleRate);
    } finally {
      value.close();
    }
  }
}

/**
 * Hears a moment of a second stream of the device, and goes on with it where the first has become another's. This worker
 * alone decides: the page keeps the track whose stream is read here.
 */
async function check(other: Reader): Promise<void> {
  const giveUp = setTimeout(() => void other.cancel(), patience.second);
  const blocks: Float32Array[] = [];
  let sampleRate = 0;
  let frames = 0;
  while (sampleRate === 0 || frames < hearSeconds * sampleRate) {
    const { done, value } = await other.read();
    if (done) return post({ kind: 'checked', verdict: 'unknown' });
    sampleRate = value.sampleRate;
    frames += value.numberOfFrames;
    blocks.push(monoOf(value));
    value.close();
  }
  clearTimeout(giveUp);
  const heard = new Float32Array(frames);
  let at = 0;
  for (const block of blocks) {
    heard.set(block, at);
    at += block.length;
  }
  const verdict = recorder.compare(heard, sampleRate);
  const rejected = verdict === 'other' ? reader : other;
  if (verdict === 'other') read(other).catch(() => recorder.ended());
  void rejected?.cancel();
  post({ kind: 'checked', verdict });
}

function leaveWhenIdle(): void {
  setInterval(() => {
    if (recorder.idle) self.close();
  }, lingerMs);
}

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'stream') {
    read(data.readable.getReader()).catch(() => recorder.ended());
  } else if (data.kind === 'check') {
    check(data.readable.getReader()).catch(() => post({ kind: 'checked', verdict: 'unknown' }));
  } else if (data.kind === 'port') {
    const { port, sampleRate } = data;
    port.onmessage = ({ data: block }: MessageEvent<Float32Array>) => recorder.block(block, sampleRate);
  }
  recorder.message(data);
  if (data.kind === 'close') leaveWhenIdle();
});
