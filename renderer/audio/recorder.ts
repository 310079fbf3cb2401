import { createFrameClock, type FrameClock } from './frame-clock.ts';
import { createGapFinder, type GapFinder } from './gaps.ts';
import { createLevelMeter } from './level.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import type { PutReply } from './outbox.ts';
import { patience } from './patience.ts';
import { createRing, type Ring } from './ring.ts';
import { compareStreams, pastSeconds, type Verdict } from './same-sound.ts';
import { createTakeRecorder, type TakeRecorder } from './take-recorder.ts';
import { ringSeconds } from './timing.ts';
import { createWatchdog } from './watchdog.ts';

export interface RecorderPorts {
  post(message: FromWorker, transfer?: Transferable[]): void;
  put(base: string, takeId: string, token: string, chunk: number, bytes: Uint8Array<ArrayBuffer>): Promise<PutReply>;
  wait(ms: number): Promise<void>;
  now(): number;
}

interface Input {
  sampleRate: number;
  ring: Ring;
  clock: FrameClock;
  gaps: GapFinder;
  meter: (block: Float32Array) => void;
}

/** Everything the recorder worker does, apart from how sound comes in and messages go out. */
export function createRecorder(ports: RecorderPorts) {
  const { post, now } = ports;
  const takes = new Map<number, TakeRecorder>();
  const watchdog = createWatchdog(now(), (trouble) => post({ kind: 'trouble', trouble }));
  let input: Input | undefined;
  let lastBlock = Number.NEGATIVE_INFINITY;
  let lastPause = Number.NEGATIVE_INFINITY;

  function open(sampleRate: number): Input {
    post({ kind: 'first', sampleRate });
    return {
      sampleRate,
      ring: createRing(Math.ceil(sampleRate * ringSeconds)),
      clock: createFrameClock(sampleRate),
      gaps: createGapFinder(sampleRate),
      meter: createLevelMeter(sampleRate, (level) => post({ kind: 'level', level })),
    };
  }

  function begin({ recording, takeId, token, base, goAt }: Extract<ToWorker, { kind: 'begin' }>): void {
    if (input === undefined) return;
    for (const [id, take] of takes) {
      if (!take.finished) take.abandon();
      if (take.done) takes.delete(id);
    }
    const take = createTakeRecorder({ takeId, token, goAt, sampleRate: input.sampleRate }, input, {
      put: (id, secret, chunk, bytes) => ports.put(base, id, secret, chunk, bytes),
      wait: ports.wait,
      now,
      progress: (progress) => post({ kind: 'progress', recording, progress }),
      stopped: (stopped) => post({ kind: 'stopped', recording, stopped }, [stopped.samples.buffer]),
      delivered: (delivery) => post({ kind: 'delivered', recording, delivery }),
    });
    takes.set(recording, take);
  }

  function order(message: Extract<ToWorker, { recording: number }>): void {
    const take = takes.get(message.recording);
    if (take === undefined) return;
    if (message.kind === 'stop') take.stop(message.at, now());
    else if (message.kind === 'resendFrom') take.resendFrom(message.chunk);
    else if (message.kind === 'resendAs') take.resendAs(message.takeId, message.token);
    else if (message.kind === 'abandon') take.abandon();
  }

  return {
    /** Takes mono samples as they come from the device. */
    block(samples: Float32Array, sampleRate: number): void {
      const at = now();
      input ??= open(sampleRate);
      // Another rate is another device; its sound must not be mixed into a take.
      if (sampleRate !== input.sampleRate) {
        watchdog.lost('moved');
        for (const take of takes.values()) take.over(at);
        return;
      }
      input.ring.push(samples);
      const known = input.gaps.count;
      const paused = input.gaps.arrived(samples.length, at);
      lastBlock = at;
      if (paused) lastPause = at;
      if (input.gaps.count > known) post({ kind: 'lostSome' });
      input.clock.arrived(input.ring.written, at, paused);
      for (const take of takes.values()) take.block(samples, at);
      watchdog.block(samples, at);
      input.meter(samples);
    },
    /**
     * Whether a second stream of the device carries what the first does. If not, what came since the last pause is another
     * device's, and is noted as missing from this one. While the first itself is late nothing can be said.
     */
    compare(heard: Float32Array, sampleRate: number): Verdict {
      if (input === undefined || sampleRate !== input.sampleRate) return 'unknown';
      if (now() - lastPause < pastSeconds * 1000 || now() - lastBlock > patience.pause) return 'unknown';
      const past = input.ring.since(input.ring.written - Math.round(pastSeconds * sampleRate));
      const verdict = compareStreams(heard, past, sampleRate);
      if (verdict === 'other') input.gaps.foreign(now());
      return verdict;
    },
    tick(): void {
      const at = now();
      watchdog.tick(at);
      for (const take of takes.values()) take.tick(at);
    },
    /** The device gives no more. */
    ended(): void {
      watchdog.lost('ended');
      for (const take of takes.values()) take.over(now());
    },
    /** Whether every take is delivered or abandoned. */
    get idle(): boolean {
      return [...takes.values()].every((take) => take.done);
    },
    message(message: ToWorker): void {
      if (message.kind === 'begin') begin(message);
      else if (message.kind === 'lost') watchdog.lost(message.trouble);
      else if (message.kind === 'close') for (const take of takes.values()) take.finish();
      else if (message.kind !== 'stream' && message.kind !== 'port' && message.kind !== 'check') order(message);
    },
  };
}
