/** The first piece is short, so that sound comes soon; each is twice as long as the one before, up to a second. */
const firstSeconds = 0.12;
const mostSeconds = 1;
/** How far ahead of the ear pieces are put in place, and how soon the first may sound. */
const aheadSeconds = 2;
const leadSeconds = 0.008;
/** A pause fades this fast, so that it does not click. */
const releaseSeconds = 0.004;

export interface Pieces {
  sampleRate: number;
  /** Frames of what is heard: from this one up to, not with, `end`. */
  from: number;
  end: number;
  /** Times the natural speed; the pitch goes with it. */
  rate?: number;
  /** So many frames from there; more, up to `most`, where they are at hand. */
  piece(from: number, count: number, most: number): Promise<Float32Array<ArrayBuffer>>;
  onEnd(): void;
  onFail(error: unknown): void;
}

/** Plays a sound piece by piece, each put in place to the frame, so that their seams are not heard. */
export function playPieces(context: AudioContext, output: AudioNode, pieces: Pieces) {
  const { sampleRate, from, end, rate = 1, piece, onEnd, onFail } = pieces;
  const gate = new GainNode(context);
  gate.connect(output);
  const sounding = new Set<AudioBufferSourceNode>();
  let next = from;
  let size = Math.round(firstSeconds * sampleRate);
  /** Frame of the context's clock at which `startFrame` of the sound began; moved when pieces came too late. */
  let began: { clock: number; frame: number } | undefined;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const clockNow = () => context.currentTime * context.sampleRate;
  const clockOf = (start: { clock: number; frame: number }, frame: number) =>
    start.clock + ((frame - start.frame) * context.sampleRate) / (sampleRate * rate);

  function put(samples: Float32Array<ArrayBuffer>): void {
    const buffer = new AudioBuffer({ length: samples.length, numberOfChannels: 1, sampleRate });
    buffer.copyToChannel(samples, 0);
    const node = new AudioBufferSourceNode(context, { buffer, playbackRate: rate });
    node.connect(gate);
    if (began === undefined || clockOf(began, next) < clockNow()) {
      began = { clock: Math.ceil(clockNow() + leadSeconds * context.sampleRate), frame: next };
    }
    sounding.add(node);
    const last = next + samples.length >= end;
    node.onended = () => {
      sounding.delete(node);
      if (last && !stopped) finish();
    };
    node.start(clockOf(began, next) / context.sampleRate);
    next += samples.length;
  }

  function finish(): void {
    stopped = true;
    gate.disconnect();
    onEnd();
  }

  async function pump(): Promise<void> {
    try {
      while (
        !stopped &&
        next < end &&
        (began === undefined || clockOf(began, next) < clockNow() + aheadSeconds * context.sampleRate)
      ) {
        const samples = await piece(next, Math.min(size, end - next), end - next);
        if (stopped) return;
        put(samples);
        size = Math.min(size * 2, Math.round(mostSeconds * sampleRate));
      }
      if (!stopped && next < end) timer = setTimeout(() => void pump(), 150);
    } catch (error) {
      if (stopped) return;
      stop();
      onFail(error);
    }
  }

  function stop(): void {
    if (stopped) return;
    stopped = true;
    clearTimeout(timer);
    gate.gain.setTargetAtTime(0, context.currentTime, releaseSeconds);
    for (const node of sounding) node.stop(context.currentTime + releaseSeconds * 6);
    setTimeout(() => gate.disconnect(), 100);
  }

  if (end > from) void pump();
  else queueMicrotask(finish);

  return {
    stop,
    /** The frame that reaches the ear now. */
    frame(): number {
      if (began === undefined) return from;
      const late = Number.isFinite(context.outputLatency) ? context.outputLatency : 0;
      const past = clockNow() - late * context.sampleRate - began.clock;
      const at = began.frame + (past * sampleRate * rate) / context.sampleRate;
      return Math.max(from, Math.min(next, at));
    },
  };
}
export type PlayingPieces = ReturnType<typeof playPieces>;
