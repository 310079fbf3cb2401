import type { SpeechEdges } from '../../shared/domain/sound.ts';
import type { Rendered, ToListenBack } from './listen-back.worker.ts';
// Carried in the page: it is first needed when the studio may have fallen silent.
import ListenBackWorker from './listen-back.worker.ts?worker&inline';
import { createListeners } from './listeners.ts';
import type { ListenBack, ListenBackOptions, PreparedListenBack } from './types.ts';

/**
 * Gets a take ready to be heard while its loudness is not known yet: the sound goes to a worker of its own, which has
 * done half the work by the time the verdict comes.
 */
export function prepareListenBack(samples: Float32Array<ArrayBuffer>, sampleRate: number): PreparedListenBack {
  const worker = new ListenBackWorker();
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => undefined);
  worker.onerror = (event) => failed.reject(new Error(`listen-back worker: ${event.message}`));
  const post = (message: ToListenBack) => worker.postMessage(message);
  // Posted without transfer: the caller's samples stay its own.
  post({ kind: 'sound', samples, sampleRate });

  return {
    async render(gainDb: number, trim?: SpeechEdges): Promise<ListenBack> {
      const rendered = new Promise<Rendered>((resolve) => {
        worker.onmessage = ({ data }: MessageEvent<Rendered>) => resolve(data);
      });
      post({ kind: 'render', gainDb, trim });
      try {
        return player(await Promise.race([rendered, failed.promise]));
      } finally {
        worker.terminate();
      }
    },
    close: () => worker.terminate(),
  };
}

/** Makes a take audible at publication loudness: gain, then a look-ahead limiter, in a worker. */
export function createListenBack({ samples, sampleRate, gainDb, trim }: ListenBackOptions): Promise<ListenBack> {
  return prepareListenBack(samples, sampleRate).render(gainDb, trim);
}

function player({ wav, peaks, duration }: Rendered): ListenBack {
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
