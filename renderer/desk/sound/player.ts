/** What is to be heard: a master, how much louder it is published, and the part that is kept. */
export interface Track {
  url: string;
  gainDb: number;
  /** Seconds of the master. */
  from: number;
  to: number;
}

export interface PlayerState {
  playing: boolean;
  /** The last try to play failed. */
  failed: boolean;
}

/** Threshold of the limiter, in dBFS; publication allows −1 dBTP, and the node lets 1/20 of what is above it through. */
const threshold = -2;
const ratio = 20;
/**
 * The Web Audio compressor makes up its own loss with (1 / full range gain)^0.6 (Web Audio API, "DynamicsCompressorNode
 * processing model"), which would raise everything; this takes it back, in dB.
 */
const makeUpDb = -0.6 * (threshold - threshold / ratio);

const toGain = (db: number) => 10 ** (db / 20);

/**
 * Plays masters at publication loudness: an audio element through a gain and a limiter. It streams the file and never
 * decodes it whole. One for the whole desk, so that two portraits are never heard at once.
 */
export function createPlayer(makeContext: () => AudioContext = () => new AudioContext(), element = new Audio()) {
  element.preload = 'metadata';
  let track: Track | undefined;
  let state: PlayerState = { playing: false, failed: false };
  let gain: GainNode | undefined;
  let context: AudioContext | undefined;
  let frame = 0;
  const listeners = new Set<() => void>();

  function become(change: Partial<PlayerState>): void {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  }

  /** The graph is made at the first play: browsers give sound only to who asked for it. */
  function graph(): AudioContext {
    if (context !== undefined) return context;
    context = makeContext();
    gain = context.createGain();
    const limiter = new DynamicsCompressorNode(context, { threshold, ratio, knee: 0, attack: 0.002, release: 0.05 });
    const level = new GainNode(context, { gain: toGain(-makeUpDb) });
    context
      .createMediaElementSource(element)
      .connect(gain)
      .connect(limiter)
      .connect(level)
      .connect(context.destination);
    return context;
  }

  /** Stops at the end of the kept part; checked every frame, and by `timeupdate` where frames rest (hidden pages). */
  function watch(): void {
    if (track !== undefined && !element.paused && element.currentTime >= track.to) {
      element.pause();
      element.currentTime = track.to;
    }
  }
  function tick(): void {
    watch();
    if (!element.paused) frame = requestAnimationFrame(tick);
  }
  element.addEventListener('play', () => {
    become({ playing: true, failed: false });
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(tick);
  });
  element.addEventListener('pause', () => become({ playing: false }));
  element.addEventListener('timeupdate', watch);
  element.addEventListener('error', () => {
    if (track !== undefined) become({ playing: false, failed: true });
  });

  return {
    /** For drawing; nobody else plays it. */
    element,
    state: () => state,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Chooses what is heard. The same master under a new address or with another trim goes on where it was. */
    load(next: Track): void {
      const same = track !== undefined && path(track.url) === path(next.url);
      track = next;
      if (gain !== undefined) gain.gain.value = toGain(next.gainDb);
      if (same) return;
      element.pause();
      element.src = next.url;
      element.currentTime = next.from;
      become({ playing: false, failed: false });
    },
    unload(): void {
      element.pause();
      track = undefined;
      element.removeAttribute('src');
      element.load();
      become({ playing: false, failed: false });
    },
    async play(): Promise<void> {
      if (track === undefined) return;
      const running = graph();
      if (gain !== undefined) gain.gain.value = toGain(track.gainDb);
      if (element.error !== null) {
        element.src = track.url;
        element.currentTime = track.from;
      }
      // A hair before the end counts as the end.
      if (element.currentTime >= track.to - 0.05) element.currentTime = track.from;
      try {
        await running.resume();
        await element.play();
      } catch (error) {
        // A pause that overtakes the start is not a failure.
        if (!(error instanceof DOMException && error.name === 'AbortError')) become({ playing: false, failed: true });
      }
    },
    pause: () => element.pause(),
    seek(seconds: number): void {
      element.currentTime = seconds;
    },
  };
}
export type Player = ReturnType<typeof createPlayer>;

/** An address without its signature, which changes by the hour. */
const path = (url: string) => url.split('?')[0];
