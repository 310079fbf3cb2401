import { createListeners } from './listeners.ts';
import { clockMs, type FromWorker, type ToWorker } from './messages.ts';
import type { Delivery, Progress, Recording, RecordOptions, Stopped } from './types.ts';

type Answer = Extract<FromWorker, { kind: 'progress' | 'stopped' | 'delivered' }>;

/** The page's end of one take; the take itself is in the worker. `answer` takes what the worker says of it. */
export function createRecording(
  recording: number,
  options: RecordOptions,
  post: (message: ToWorker) => void,
): { handle: Recording; answer(message: Answer): void; fail(sampleRate: number): void } {
  let { takeId, token } = options;
  const progress = createListeners<Progress>();
  const stopped = Promise.withResolvers<Stopped>();
  let delivered = Promise.withResolvers<Delivery>();

  const handle: Recording = {
    get takeId() {
      return takeId;
    },
    get token() {
      return token;
    },
    onProgress: progress.add,
    stop() {
      post({ kind: 'stop', recording, at: clockMs() });
      return stopped.promise;
    },
    delivered: () => delivered.promise,
    resendFrom(chunk) {
      delivered = Promise.withResolvers();
      post({ kind: 'resendFrom', recording, chunk });
    },
    resendAs(otherTake, otherToken) {
      takeId = otherTake;
      token = otherToken;
      delivered = Promise.withResolvers();
      post({ kind: 'resendAs', recording, takeId, token });
    },
    abandon() {
      post({ kind: 'abandon', recording });
    },
  };

  return {
    handle,
    answer(message) {
      if (message.kind === 'progress') progress.tell(message.progress);
      else if (message.kind === 'stopped') stopped.resolve(message.stopped);
      else delivered.resolve(message.delivery);
    },
    /** Nothing more will come from the worker: whoever waits gets an empty take. */
    fail(sampleRate) {
      stopped.resolve({ samples: new Float32Array(0), sampleRate, goFrame: 0, elapsedMs: 0 });
      delivered.resolve({ outcome: 'abandoned', chunks: 0, frames: 0 });
    },
  };
}
