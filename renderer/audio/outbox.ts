import { bytesPerFrame } from '../../shared/domain/pcm.ts';
import type { Delivery, Progress } from './types.ts';

/** How one chunk fared. */
export type PutReply =
  | { kind: 'receipt'; durableFrames: number }
  | { kind: 'missing'; expected: number }
  | { kind: 'full' }
  | { kind: 'refused' }
  | { kind: 'down' };

export interface OutboxPorts {
  /** Frames of the take so far. */
  frames(): number;
  /** The frames `from` up to `to` as 24-bit PCM. */
  pack(from: number, to: number): Uint8Array<ArrayBuffer>;
  put(takeId: string, token: string, chunk: number, bytes: Uint8Array<ArrayBuffer>): Promise<PutReply>;
  wait(ms: number): Promise<void>;
  /** Milliseconds of any clock. */
  now(): number;
  tell(state: Progress['state'], durableFrames: number): void;
}

/** Seconds. What is under way when the studio dies is lost to it, so no more than this is, … */
const usualLargest = 0.4;
/** … but for a studio so slow (ms for one chunk) that it would fall behind: it gets what it can take, … */
const slowMs = 400;
/** … up to half of what the door takes. */
const largestFrames = Math.floor((256 * 1024) / bytesPerFrame);
const firstWaitMs = 250;
const longestWaitMs = 2000;
/** A full disk is tried this often after the end of the sound, before the take is closed with what fitted. */
const fullTries = 5;

/**
 * Sends a growing take in numbered chunks, in order, one at a time. Chunks are cut when they are sent, so a slow studio
 * gets fewer and larger ones; once cut, a number stands for the same frames for ever, and may be sent again.
 */
export function createOutbox(id: { takeId: string; token: string }, sampleRate: number, ports: OutboxPorts) {
  const leastFrames = Math.min(largestFrames, Math.round(sampleRate / 10));
  /** How long the studio took for the last chunk it acknowledged. */
  let tookMs = 0;
  let { takeId, token } = id;
  /** End of each chunk cut so far, in frames. */
  let ends: number[] = [];
  let next = 0;
  let durable = 0;
  let failures = 0;
  let fullSince = 0;
  let sealed = false;
  let settled: Delivery | undefined;
  /** Raised when what is under way no longer counts. */
  let epoch = 0;
  let wake = (): void => undefined;
  let waiting: ((delivery: Delivery) => void)[] = [];

  const bounds = (chunk: number) => ({ from: ends[chunk - 1] ?? 0, to: ends[chunk] ?? 0 });

  function cut(): boolean {
    const from = ends.at(-1) ?? 0;
    const pending = ports.frames() - from;
    if (pending < (sealed ? 1 : leastFrames)) return false;
    const largest = sampleRate * (tookMs > slowMs ? (2 * tookMs) / 1000 : usualLargest);
    ends.push(from + Math.min(pending, largestFrames, Math.round(largest)));
    return true;
  }

  function settle(outcome: Delivery['outcome']): void {
    settled = { outcome, chunks: next, frames: ends[next - 1] ?? 0 };
    ports.tell(outcome === 'all' ? 'delivered' : outcome, durable);
    const answered = waiting;
    waiting = [];
    for (const answer of answered) answer(settled);
  }

  async function backOff(): Promise<void> {
    await ports.wait(Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(failures++, 10)));
  }

  async function digest(reply: PutReply, chunk: number): Promise<void> {
    if (reply.kind === 'receipt') {
      failures = 0;
      fullSince = 0;
      durable = reply.durableFrames;
      next = chunk + 1;
      ports.tell('sending', durable);
    } else if (reply.kind === 'missing') {
      // More than was ever cut cannot be missing; the same again and again must not become a busy loop.
      if (reply.expected > ends.length) return settle('refused');
      const began = epoch;
      if (reply.expected >= chunk) await backOff();
      if (began === epoch) next = reply.expected;
    } else if (reply.kind === 'refused') {
      settle('refused');
    } else {
      ports.tell(reply.kind === 'full' ? 'diskFull' : 'waiting', durable);
      if (reply.kind === 'full' && sealed && ++fullSince >= fullTries) return settle('diskFull');
      await backOff();
    }
  }

  async function run(): Promise<void> {
    for (;;) {
      while (settled !== undefined || (next >= ends.length && !cut())) {
        if (sealed && settled === undefined) settle('all');
        if (settled?.outcome === 'abandoned') return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const chunk = next;
      const began = epoch;
      const { from, to } = bounds(chunk);
      const asked = ports.now();
      const reply = await ports.put(takeId, token, chunk, ports.pack(from, to));
      if (reply.kind === 'receipt') tookMs = ports.now() - asked;
      if (began === epoch) await digest(reply, chunk);
    }
  }

  /** From here on, what was settled or is under way counts no more. */
  function reopen(): void {
    epoch++;
    failures = 0;
    fullSince = 0;
    settled = undefined;
  }

  return {
    /** Sends until abandoned. */
    run,
    /** To be called whenever there are more frames. */
    poke(): void {
      wake();
    },
    /** No more frames will come. */
    seal(): void {
      sealed = true;
      wake();
    },
    delivered(): Promise<Delivery> {
      if (settled !== undefined) return Promise.resolve(settled);
      return new Promise((resolve) => waiting.push(resolve));
    },
    resendFrom(chunk: number): void {
      if (settled?.outcome === 'abandoned') return;
      reopen();
      next = Math.min(chunk, ends.length);
      wake();
    },
    resendAs(otherTake: string, otherToken: string): void {
      if (settled?.outcome === 'abandoned') return;
      reopen();
      takeId = otherTake;
      token = otherToken;
      ends = [];
      next = 0;
      durable = 0;
      wake();
    },
    abandon(): void {
      epoch++;
      settle('abandoned');
      wake();
    },
  };
}
export type Outbox = ReturnType<typeof createOutbox>;
