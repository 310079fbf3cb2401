import type { Edit } from '../../../shared/domain/sound.ts';

/** Sound is asked for in parts: a short one first, so that it begins soon; and so far ahead, all in seconds. */
const firstPart = 0.25;
const laterPart = 1;
const aheadSeconds = 2;
/** From when a part is there until it sounds, and how long a run takes to come and go without a click. */
const leadSeconds = 0.02;
const rampSeconds = 0.005;

export interface RunOptions {
  context: BaseAudioContext;
  sampleRate: number;
  rate: number;
  /** Whose result is heard; for whoever turns its seconds into the master's. */
  timeline: Edit;
  /** Seconds of the result. */
  from: number;
  to: number;
  /** Frames of the result; null when they cannot be had. */
  read(from: number, to: number): Promise<Float32Array<ArrayBuffer> | null>;
  /** It begins to sound. */
  onStart(): void;
  onWaiting(waiting: boolean): void;
  /** Its last sample was heard, or the sound could not be had. */
  onEnd(failed: boolean): void;
}

/** One stretch being played, part after part without a seam. */
export interface Run {
  timeline: Edit;
  to: number;
  /** Seconds of the result that are heard now. */
  seconds(): number;
  stop(): void;
}

export function createRun(options: RunOptions): Run {
  const { context, sampleRate, rate, timeline, from, to, read, onStart, onWaiting, onEnd } = options;
  const output = new GainNode(context, { gain: 0 });
  output.connect(context.destination);
  const first = Math.round(from * sampleRate);
  const end = Math.round(to * sampleRate);
  const sources = new Set<AudioBufferSourceNode>();
  let next = first;
  /** Time of the context at which frame `first` sounds or would have; nothing sounds before it is known. */
  let zero: number | undefined;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const heard = () => {
    if (zero === undefined) return from;
    // What the context has made is not yet what the ear gets.
    const latency = 'outputLatency' in context ? (context as AudioContext).outputLatency || 0 : 0;
    const passed = Math.max(0, context.currentTime - latency - zero) * rate;
    return Math.min(to, next / sampleRate, first / sampleRate + passed);
  };

  function schedule(samples: Float32Array<ArrayBuffer>, at: number): AudioBufferSourceNode {
    const buffer = new AudioBuffer({ length: samples.length, sampleRate, numberOfChannels: 1 });
    buffer.copyToChannel(samples, 0);
    const source = new AudioBufferSourceNode(context, { buffer, playbackRate: rate });
    source.connect(output);
    const soonest = context.currentTime + leadSeconds;
    const due = zero === undefined ? soonest : zero + (at - first) / sampleRate / rate;
    const when = due < context.currentTime ? soonest : due;
    if (zero === undefined) {
      output.gain.setValueAtTime(0, when);
      output.gain.linearRampToValueAtTime(1, when + rampSeconds);
    }
    // Late: everything after it is late by as much.
    if (zero === undefined || when !== due) zero = when - (at - first) / sampleRate / rate;
    source.start(when);
    sources.add(source);
    source.onended = () => sources.delete(source);
    return source;
  }

  async function pump(): Promise<void> {
    while (!stopped && next < end) {
      const started = zero !== undefined;
      const ahead = started ? next / sampleRate - heard() : 0;
      if (started && ahead > aheadSeconds * Math.max(1, rate)) {
        await new Promise<void>((resolve) => {
          timer = setTimeout(resolve, 100);
        });
        continue;
      }
      const at = next;
      const until = Math.min(end, at + Math.round((started ? laterPart : firstPart) * sampleRate));
      const late = setTimeout(() => !stopped && onWaiting(true), Math.max(0, (ahead / rate) * 1000));
      const samples = await read(at, until);
      clearTimeout(late);
      if (stopped) return;
      if (samples === null || samples.length === 0) return finish(samples === null);
      const source = schedule(samples, at);
      next = at + samples.length;
      onWaiting(false);
      if (!started) onStart();
      if (next >= end) source.onended = () => finish(false);
    }
    if (first >= end) finish(false);
  }

  function finish(failed: boolean): void {
    if (stopped) return;
    onEnd(failed);
    stop();
  }

  function stop(): void {
    if (stopped) return;
    stopped = true;
    clearTimeout(timer);
    const now = context.currentTime;
    output.gain.cancelScheduledValues(now);
    output.gain.setTargetAtTime(0, now, rampSeconds / 3);
    for (const source of sources) source.stop(now + rampSeconds * 2);
    setTimeout(() => output.disconnect(), 100);
  }

  void pump();
  return { timeline, to, seconds: heard, stop };
}
