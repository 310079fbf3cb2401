import { bytesPerFrame, packS24 } from '../../shared/domain/pcm.ts';
import type { FrameClock } from './frame-clock.ts';
import type { Gap, GapFinder } from './gaps.ts';
import { createOutbox, type PutReply } from './outbox.ts';
import { patience } from './patience.ts';
import type { Ring } from './ring.ts';
import { createSampleStore } from './sample-store.ts';
import { preRollSeconds } from './timing.ts';
import type { Delivery, Progress, Stopped } from './types.ts';

export interface TakePorts {
  put(takeId: string, token: string, chunk: number, bytes: Uint8Array<ArrayBuffer>): Promise<PutReply>;
  wait(ms: number): Promise<void>;
  now(): number;
  progress(progress: Progress): void;
  stopped(stopped: Stopped): void;
  delivered(delivery: Delivery): void;
}

/**
 * One take: from the ring's memory of the pre-roll to the last frame before the stop. Times are those of the frame
 * clock; `block` is called after the ring, the frame clock and the gap finder have got the same block.
 */
export function createTakeRecorder(
  start: { takeId: string; token: string; goAt: number; sampleRate: number },
  { ring, clock, gaps }: { ring: Ring; clock: FrameClock; gaps: GapFinder },
  ports: TakePorts,
) {
  const { sampleRate } = start;
  const store = createSampleStore();
  let goFrame: number | undefined;
  /** The take's first frame, counted since the microphone was opened. */
  let firstFrame = 0;
  let firstMs = 0;
  let lastMs = 0;
  let stopAt: number | undefined;
  /** How long the end has waited for sound under way, and how long it may; only time this worker was awake counts. */
  let waited = 0;
  let mayWait: number = patience.tail;
  let looked = 0;
  let deviceOver = false;
  let result: Stopped | undefined;
  let told: Progress = { state: 'sending', recordedFrames: 0, durableFrames: 0 };
  let lastTold = 0;

  const outbox = createOutbox(start, sampleRate, {
    frames: () => store.length,
    pack(from, to) {
      const bytes = new Uint8Array((to - from) * bytesPerFrame);
      packS24(store.slice(from, to), bytes);
      return bytes;
    },
    put: ports.put,
    wait: ports.wait,
    now: ports.now,
    tell(state, durableFrames) {
      told = { state, recordedFrames: store.length, durableFrames };
      ports.progress(told);
    },
  });
  void outbox.run();

  /** Begins as soon as the first frame to be kept is in the ring; true from then on. */
  function begun(nowMs: number): boolean {
    if (goFrame !== undefined) return true;
    const go = clock.frameAt(start.goAt);
    if (go === undefined) return false;
    const first = Math.max(ring.oldest, go - Math.round(preRollSeconds * sampleRate));
    if (ring.written <= first) return false;
    store.append(ring.since(first));
    goFrame = Math.max(0, go - first);
    firstFrame = first;
    firstMs = nowMs - ((ring.written - first) * 1000) / sampleRate;
    return false;
  }

  /** What of the take's time has no sound; a pause that lasts to its end is one too. */
  function lacking(): Gap[] {
    if (goFrame === undefined) return [];
    const within = gaps.found().map(({ frame, ms }) => ({ frame: frame - firstFrame, ms }));
    const kept = within.filter(({ frame }) => frame > 0 && frame < store.length);
    const atEnd = stopAt === undefined ? 0 : Math.round(stopAt - lastMs);
    return atEnd > patience.pause ? [...kept, { frame: store.length, ms: atEnd }] : kept;
  }

  function finish(): void {
    if (result !== undefined) return;
    const missing = lacking();
    result = {
      samples: store.slice(0, store.length),
      sampleRate,
      goFrame: Math.min(goFrame ?? 0, store.length),
      elapsedMs: goFrame === undefined ? 0 : Math.max(0, lastMs - firstMs),
      ...(missing.length > 0 && { gaps: missing }),
    };
    outbox.seal();
    ports.stopped(result);
    void outbox.delivered().then(ports.delivered);
  }

  return {
    block(samples: Float32Array, nowMs: number): void {
      if (result !== undefined) return;
      if (begun(nowMs)) store.append(samples);
      lastMs = nowMs;
      outbox.poke();
      this.tick(nowMs);
    },
    /** To be called ten times a second as well: the end must come without any more sound. */
    tick(nowMs: number): void {
      if (result !== undefined) return;
      if (stopAt !== undefined) {
        const last = clock.lastFrameAt(stopAt);
        waited += Math.min(Math.max(0, nowMs - looked), patience.look);
        looked = nowMs;
        if (last === undefined || ring.written >= last || deviceOver || waited > mayWait) {
          finish();
          return;
        }
      }
      if (nowMs - lastTold < 200) return;
      lastTold = nowMs;
      ports.progress({ ...told, recordedFrames: store.length });
    },
    stop(atMs: number, nowMs: number): void {
      if (stopAt === undefined) {
        stopAt = atMs;
        looked = atMs;
        if (atMs - lastMs > patience.pause) mayWait = patience.lateTail;
      }
      this.tick(nowMs);
    },
    /** The device will give no more: a stop has nothing to wait for. */
    over(nowMs: number): void {
      deviceOver = true;
      this.tick(nowMs);
    },
    /** Ends it here and now. */
    finish,
    get finished(): boolean {
      return result !== undefined;
    },
    /** Whether nothing is left to do for it. */
    get done(): boolean {
      return result !== undefined && (told.state === 'delivered' || told.state === 'abandoned');
    },
    resendFrom(chunk: number): void {
      outbox.resendFrom(chunk);
      void outbox.delivered().then(ports.delivered);
    },
    resendAs(takeId: string, token: string): void {
      outbox.resendAs(takeId, token);
      if (result !== undefined) void outbox.delivered().then(ports.delivered);
    },
    abandon(): void {
      finish();
      outbox.abandon();
    },
  };
}
export type TakeRecorder = ReturnType<typeof createTakeRecorder>;
