import type { Prepared } from './listen-back.worker.ts';
import ListenBackWorker from './listen-back.worker.ts?worker';
import { createListeners } from './listeners.ts';
import type { ListenBack, ListenBackOptions } from './types.ts';

function prepare(options: Omit<ListenBackOptions, 'trim'>): Promise<Prepared> {
  const worker = new ListenBackWorker();
  return new Promise<Prepared>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Prepared>) => resolve(data);
    worker.onerror = (event) => reject(new Error(`listen-back worker: ${event.message}`));
    worker.postMessage(options, [options.samples.buffer]);
  }).finally(() => worker.terminate());
}

/** Makes a take audible at publication loudness: gain, then a look-ahead limiter, in a worker. */
export async function createListenBack(options: ListenBackOptions): Promise<ListenBack> {
  const { sampleRate, gainDb, trim } = options;
  // A copy of the part that is played: the caller's samples stay its own.
  const samples = options.samples.slice(
    trim === undefined ? 0 : Math.max(0, Math.round(trim.start * sampleRate)),
    trim === undefined ? undefined : Math.round(trim.end * sampleRate),
  );
  const duration = samples.length / sampleRate;
  const { wav, peaks } = await prepare({ samples, sampleRate, gainDb });
  const url = URL.createObjectURL(new Blob([wav], { type: 'audio/wav' }));
  const element = new Audio(url);
  element.preload = 'auto';
  const positions = createListeners<{ seconds: number; playing: boolean; ended: boolean }>();
  let frame = 0;

  const tell = () => positions.tell({ seconds: element.currentTime, playing: !element.paused, ended: element.ended });
  const follow = () => {
    tell();
    cancelAnimationFrame(frame);
    if (!element.paused) frame = requestAnimationFrame(follow);
  };
  for (const name of ['play', 'pause', 'seeked', 'ended']) element.addEventListener(name, follow);

  return {
    url,
    element,
    duration,
    peaks,
    play: () => element.play(),
    pause: () => element.pause(),
    seek(seconds) {
      element.currentTime = Math.min(Math.max(0, seconds), duration);
    },
    onPosition: positions.add,
    close() {
      cancelAnimationFrame(frame);
      element.pause();
      element.removeAttribute('src');
      URL.revokeObjectURL(url);
    },
  };
}
