/** Threshold of the limiter, in dBFS; publication allows −1 dBTP, and the node lets 1/20 of what is above it through. */
const threshold = -2;
const ratio = 20;
/**
 * The Web Audio compressor makes up its own loss with (1 / full range gain)^0.6 (Web Audio API, "DynamicsCompressorNode
 * processing model"), which would raise everything; this takes it back, in dB.
 */
const makeUpDb = -0.6 * (threshold - threshold / ratio);

const toGain = (db: number) => 10 ** (db / 20);

export interface Stretched {
  url: string;
  gainDb: number;
  rate: number;
  /** Seconds of the master: where to begin, where to stop, and what is jumped over. */
  from: number;
  to: number;
  cuts: readonly { start: number; end: number }[];
  onEnd(): void;
  onFail(error: unknown): void;
}

/**
 * Plays a master slower or faster at its own pitch: an audio element stretches, so this is for finding a place, not for
 * judging an edit. It streams the file and never decodes it whole.
 */
export function createStretcher(context: AudioContext, element = new Audio()) {
  element.preload = 'none';
  element.preservesPitch = true;
  const gain = new GainNode(context);
  const limiter = new DynamicsCompressorNode(context, { threshold, ratio, knee: 0, attack: 0.002, release: 0.05 });
  const level = new GainNode(context, { gain: toGain(-makeUpDb) });
  context.createMediaElementSource(element).connect(gain).connect(limiter).connect(level).connect(context.destination);
  let current: Stretched | undefined;
  let frame = 0;

  /** Jumps and stops: every frame, and by `timeupdate` where frames rest (hidden pages). */
  function watch(): void {
    if (current === undefined || element.paused) return;
    const at = element.currentTime;
    const cut = current.cuts.find((one) => one.start <= at && at < one.end);
    if (cut !== undefined) element.currentTime = cut.end;
    if (at >= current.to || element.ended) {
      const { onEnd } = current;
      stop();
      onEnd();
    }
  }
  function tick(): void {
    watch();
    if (current !== undefined) frame = requestAnimationFrame(tick);
  }
  function stop(): void {
    current = undefined;
    cancelAnimationFrame(frame);
    element.pause();
  }
  element.addEventListener('timeupdate', watch);
  element.addEventListener('ended', watch);

  return {
    async play(next: Stretched): Promise<void> {
      stop();
      current = next;
      if (element.src !== new URL(next.url, location.href).href || element.error !== null) element.src = next.url;
      gain.gain.value = toGain(next.gainDb);
      element.playbackRate = next.rate;
      element.currentTime = next.from;
      try {
        await element.play();
        cancelAnimationFrame(frame);
        if (current === next) frame = requestAnimationFrame(tick);
      } catch (error) {
        // A stop that overtakes the start is not a failure.
        if (current !== next) return;
        stop();
        next.onFail(error);
      }
    },
    stop,
    seconds: () => element.currentTime,
    close(): void {
      stop();
      element.removeAttribute('src');
      element.load();
    },
  };
}
export type Stretcher = ReturnType<typeof createStretcher>;
