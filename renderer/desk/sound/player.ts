import { editPlan } from '../../../shared/domain/edit/plan.ts';
import { toEdited, toMaster } from '../../../shared/domain/edit/timeline.ts';
import type { Edit } from '../../../shared/domain/sound.ts';
import { createDevice } from './device.ts';
import { createGains } from './gains.ts';
import { type PlayingPieces, playPieces } from './play-pieces.ts';
import { createPreview, type Preview } from './preview.ts';
import type { As } from './preview.worker.ts';
import { nextRate } from './shuttle.ts';
import { cleans, soundOf, type Track } from './track.ts';

export interface PlayerState {
  playing: boolean;
  /** The last try to play failed. */
  failed: boolean;
  /** Times the natural speed, backwards when negative; 1 when nothing plays. */
  rate: number;
  half: boolean;
  as: As;
}

export interface PlayOptions {
  /** Seconds of the master; where the playhead stands when left out. */
  from?: number;
  /** Plays up to here, and then puts the playhead back to where it stood. */
  until?: number;
}

/** An edit that is being changed is measured, and played on, once it has rested so long. */
const restMs = 250;
/** Sound made ready before anybody asks for it, in seconds: the next piece then has all the time it needs. */
const readySeconds = 0.5;

/** Who asked to hear what comes next, and waited longer than that, is thinking of something else. */
const nextMs = 5000;

/** Pieces that tests make themselves. */
export interface PlayerParts {
  makePreview?: () => Preview;
  makeContext?: (sampleRate: number) => AudioContext;
}

/**
 * Plays edits as they will be published: cut to the frame, faded, cleaned, at their loudness. One for the whole desk, so
 * that two portraits are never heard at once.
 */
export function createPlayer({ makePreview = createPreview, makeContext }: PlayerParts = {}) {
  let preview: Preview | undefined;
  let track: Track | undefined;
  let state: PlayerState = { playing: false, failed: false, rate: 1, half: false, as: 'result' };
  const device = createDevice(makeContext);
  const gains = createGains();
  let run: { stop(): void; position(): number } | undefined;
  let place = 0;
  let home: number | undefined;
  /** Somebody asked to play before the sound was known. */
  let eager: PlayOptions | undefined;
  /** Until then (of `performance.now()`) whatever is loaded next plays. */
  let nextBefore = 0;
  let ready: { from: number; as: As; edit: Edit; samples: Promise<Float32Array<ArrayBuffer>> } | undefined;
  let restTimer: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();
  const movers = new Set<() => void>();

  function become(change: Partial<PlayerState>): void {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  }
  function moved(): void {
    for (const mover of movers) mover();
  }

  const heard = (seconds: number, { edit, sampleRate }: Track) =>
    state.as === 'original' ? Math.round(seconds * sampleRate) : Math.round(toEdited(edit, seconds) * sampleRate);
  const lengthOf = ({ edit, sampleRate, frames }: Track) =>
    state.as === 'original' ? frames : editPlan(edit, sampleRate, frames).length;

  function startOf({ edit, frames, sampleRate }: Track): number {
    const end = state.as === 'original' ? frames / sampleRate : edit.out;
    // A hair before the end counts as the end; outside the kept part the result begins at its beginning.
    if (place >= end - 0.05) return edit.in;
    return state.as === 'original' ? place : Math.max(place, edit.in);
  }

  function halt(): void {
    if (run === undefined) return;
    place = run.position();
    run.stop();
    run = undefined;
  }
  function settle(): void {
    run = undefined;
    if (home !== undefined) place = home;
    home = undefined;
    become({ playing: false, rate: 1 });
    moved();
    device.doze();
  }
  function fail(): void {
    run = undefined;
    home = undefined;
    become({ playing: false, failed: true, rate: 1 });
    device.doze();
  }

  /** The first moment of sound from where the playhead stands, so that it is there when it is asked for. */
  function prepare(): void {
    if (track === undefined || preview === undefined || run !== undefined) return;
    const { edit, sampleRate } = track;
    const from = heard(startOf(track), track);
    const count = Math.min(Math.round(readySeconds * sampleRate), lengthOf(track) - from);
    if (count <= 0) return;
    const samples = preview.piece(edit, state.as, from, count, gains.level(track, state.as));
    // Said when it is played.
    samples.catch(() => undefined);
    ready = { from, as: state.as, edit, samples };
  }

  async function pieceOf(now: Track, as: As, from: number, count: number, most: number) {
    const known = ready;
    ready = undefined;
    if (known !== undefined && known.edit === now.edit && known.as === as && known.from === from) {
      const samples = await known.samples;
      return samples.length > most ? samples.slice(0, most) : samples;
    }
    return (preview as Preview).piece(now.edit, as, from, count, gains.level(now, as));
  }

  function playExact(now: Track, running: AudioContext, from: number, until: number | undefined): void {
    const { sampleRate, edit } = now;
    const { as } = state;
    const end = until === undefined ? lengthOf(now) : Math.min(lengthOf(now), heard(until, now));
    const toSeconds = (frame: number) => (as === 'original' ? frame / sampleRate : toMaster(edit, frame / sampleRate));
    const pieces: PlayingPieces = playPieces(running, running.destination, {
      sampleRate,
      from: heard(from, now),
      end,
      piece: (at, count, most) => pieceOf(now, as, at, count, most),
      onEnd() {
        place = as !== 'original' && end >= lengthOf(now) ? edit.out : toSeconds(end);
        settle();
      },
      onFail: fail,
    });
    run = { stop: pieces.stop, position: () => toSeconds(pieces.frame()) };
  }

  /** Backwards the master is heard as it is: nobody judges an edit that way. */
  function playBack(now: Track, running: AudioContext, from: number, rate: number): void {
    const { sampleRate, edit } = now;
    const first = Math.round(from * sampleRate);
    const pieces = playPieces(running, running.destination, {
      sampleRate,
      from: 0,
      end: first,
      rate: -rate,
      async piece(at, count) {
        const level = gains.level(now, 'original');
        return (await (preview as Preview).piece(edit, 'original', first - at - count, count, level)).reverse();
      },
      onEnd() {
        place = 0;
        settle();
      },
      onFail: fail,
    });
    run = { stop: pieces.stop, position: () => (first - pieces.frame()) / sampleRate };
  }

  function playStretched(now: Track, from: number, until: number | undefined, rate: number): void {
    const { edit, url, frames, sampleRate } = now;
    const original = state.as === 'original';
    const to = until ?? (original ? frames / sampleRate : edit.out);
    const playing = device.at(sampleRate).stretcher;
    void playing.play({
      url,
      gainDb: gains.level(now, state.as).gainDb,
      rate,
      from,
      to,
      cuts: original ? [] : edit.cuts,
      onEnd() {
        place = to;
        settle();
      },
      onFail: fail,
    });
    run = { stop: playing.stop, position: () => playing.seconds() };
  }

  async function start(from: number, until: number | undefined, rate: number): Promise<void> {
    if (track === undefined || preview === undefined) return;
    const now = track;
    halt();
    const resumed = device.wake(now.sampleRate);
    const { context } = device.at(now.sampleRate);
    place = from;
    if (rate === 1) playExact(now, context, from, until);
    else if (rate < 0) playBack(now, context, from, rate);
    else playStretched(now, from, until, rate);
    become({ playing: true, failed: false, rate });
    moved();
    await resumed.catch(fail);
  }

  /** What sounds goes on from where it is, as things are now. */
  function goOn(): void {
    if (run === undefined || track === undefined) return;
    const { rate } = state;
    const from = run.position();
    if (home !== undefined) return;
    void start(rate < 0 ? from : Math.min(from, track.frames / track.sampleRate), undefined, rate);
  }

  async function measure(now: Track): Promise<void> {
    if (preview === undefined || !(await gains.measure(now, preview, () => track?.edit === now.edit))) return;
    if (run === undefined) prepare();
  }

  const player = {
    state: () => state,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Told whenever the playhead starts, stops or jumps; between those one looks at `position`. */
    onMove(mover: () => void): () => void {
      movers.add(mover);
      return () => movers.delete(mover);
    },
    position: () => run?.position() ?? place,
    /** Gain in dB of what is heard; the rendition's own once the whole edit has been measured. */
    level: () => track && { gainDb: gains.level(track, state.as).gainDb, measured: gains.isMeasured(track.edit) },
    /** Another take is on its way: until it is loaded nothing is heard, and who asks to play does not ask twice. */
    expect(takeId: string, at: number): void {
      if (track?.takeId === takeId) return;
      clearTimeout(restTimer);
      halt();
      track = undefined;
      ready = undefined;
      home = undefined;
      eager = undefined;
      place = at;
      become({ playing: false, failed: false, rate: 1, as: 'result' });
      moved();
    },
    /** Chooses what is heard. The same master with another edit goes on where it was. */
    load(next: Track): void {
      preview ??= makePreview();
      const same = track?.takeId === next.takeId;
      const sameSound = same && track !== undefined && soundOf(track.edit) === soundOf(next.edit);
      // An edit that sounds the same stays the one that is playing, measured and made ready.
      track = sameSound && track !== undefined ? { ...next, edit: track.edit } : next;
      const { takeId, url, dataOffset, sampleRate, frames, peaksUrl } = next;
      preview.open(takeId, { url, dataOffset, sampleRate, frames }, peaksUrl);
      if (!same) {
        halt();
        home = undefined;
        gains.forget();
        place = next.edit.in;
        become({ playing: false, failed: false, rate: 1, as: 'result' });
        moved();
        device.at(sampleRate);
        prepare();
        const asked = eager ?? (performance.now() < nextBefore ? {} : undefined);
        eager = undefined;
        nextBefore = 0;
        if (asked !== undefined) void player.play(asked);
      }
      if (sameSound) return;
      if (state.as === 'bare' && !cleans(next.edit)) become({ as: 'result' });
      clearTimeout(restTimer);
      restTimer = setTimeout(
        () => {
          if (run === undefined) prepare();
          // What was just loaded plays its own edit already.
          else if (same) goOn();
          void measure(next);
        },
        same ? restMs : restMs * 2,
      );
    },
    unload(): void {
      clearTimeout(restTimer);
      halt();
      track = undefined;
      ready = undefined;
      home = undefined;
      eager = undefined;
      nextBefore = 0;
      become({ playing: false, failed: false, rate: 1 });
      device.doze();
    },
    /** Plays the take that is loaded next, if it comes soon: a hand may be quicker than the page. */
    playNext(): void {
      player.unload();
      nextBefore = performance.now() + nextMs;
    },
    play({ from, until }: PlayOptions = {}): Promise<void> {
      if (track === undefined) {
        eager = { ...(from !== undefined && { from }), ...(until !== undefined && { until }) };
        return Promise.resolve();
      }
      halt();
      home = until === undefined ? undefined : (home ?? place);
      return start(from ?? startOf(track), until, until === undefined && state.half ? 0.5 : 1);
    },
    pause(): void {
      eager = undefined;
      if (run === undefined) return;
      halt();
      home = undefined;
      become({ playing: false, rate: 1 });
      moved();
      prepare();
      device.doze();
    },
    seek(seconds: number): void {
      if (track === undefined) return;
      const wanted = Math.max(0, Math.min(track.frames / track.sampleRate, seconds));
      const { playing, rate } = state;
      if (playing) {
        home = undefined;
        void start(wanted, undefined, rate);
        return;
      }
      place = wanted;
      moved();
      prepare();
    },
    /** J and L: slower, faster, the other way. */
    shuttle(direction: -1 | 1): void {
      if (track === undefined) return;
      const rate = nextRate(state.playing ? state.rate : 0, direction);
      home = undefined;
      const from = run?.position() ?? (direction === 1 ? startOf(track) : place);
      void start(from, undefined, rate);
    },
    /** Half speed, at the same pitch, until it is asked for again. */
    halve(): void {
      const half = !state.half;
      become({ half });
      if (run === undefined || state.rate < 0) return;
      home = undefined;
      void start(run.position(), undefined, half ? 0.5 : 1);
    },
    hear(as: As): void {
      if (track === undefined || as === state.as) return;
      const at = run?.position();
      become({ as });
      if (at === undefined) prepare();
      else void start(at, undefined, state.rate);
    },
  };
  return player;
}
export type Player = ReturnType<typeof createPlayer>;
