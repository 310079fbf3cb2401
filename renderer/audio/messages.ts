import type { Verdict } from './same-sound.ts';
import type { Delivery, Level, Progress, Stopped, Trouble } from './types.ts';

/** Times are in ms since the epoch, from `performance.timeOrigin + performance.now()`: one clock for page and worker. */
export type ToWorker =
  | { kind: 'stream'; readable: ReadableStream<AudioData> }
  /** Another stream of the same device, to see whether the first still is of it; taken in its place if not. */
  | { kind: 'check'; readable: ReadableStream<AudioData> }
  | { kind: 'port'; port: MessagePort; sampleRate: number }
  | { kind: 'begin'; recording: number; takeId: string; token: string; base: string; goAt: number }
  | { kind: 'stop'; recording: number; at: number }
  | { kind: 'resendFrom'; recording: number; chunk: number }
  | { kind: 'resendAs'; recording: number; takeId: string; token: string }
  | { kind: 'abandon'; recording: number }
  | { kind: 'lost'; trouble: 'ended' | 'moved' }
  | { kind: 'close' };

export type FromWorker =
  | { kind: 'first'; sampleRate: number }
  /** Sound was lost in a pause: the system may have moved the stream to another device meanwhile. */
  | { kind: 'lostSome' }
  | { kind: 'checked'; verdict: Verdict }
  | { kind: 'level'; level: Level }
  | { kind: 'trouble'; trouble: Trouble | undefined }
  | { kind: 'progress'; recording: number; progress: Progress }
  | { kind: 'stopped'; recording: number; stopped: Stopped }
  | { kind: 'delivered'; recording: number; delivery: Delivery };

/** The clock of the messages. */
export function clockMs(): number {
  return performance.timeOrigin + performance.now();
}
