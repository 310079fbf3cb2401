import { toEdited, toMaster } from '../../../shared/domain/edit/timeline.ts';
import { editDuration, plainEdit } from '../../../shared/domain/edit.ts';
import { codecRoomDb, targetOf } from '../../../shared/domain/level.ts';
import type { Edit } from '../../../shared/domain/sound.ts';
import type { FromEditWorker, ToEditWorker } from './edit.worker.ts';
import EditWorker from './edit.worker.ts?worker';
import { createRun, type Run } from './preview-run.ts';
import type { EditPreview, EditPreviewOptions, EditPreviewState, Hearing, PlayOptions } from './preview-types.ts';

/** Heard before and after a join, in seconds. */
const joinBreath = 1.5;
const sameSound = (edit: Edit) => JSON.stringify({ ...edit, markers: [] });

/** See `preview-types.ts`, which says how it is used. One at a time is heard: close one before the next plays. */
export function createEditPreview(options: EditPreviewOptions): EditPreview {
  const { take, target } = options;
  const { sampleRate, frames } = take;
  const makeContext = options.makeContext ?? contextAt;
  const whole = plainEdit({ in: 0, out: frames / sampleRate, fadeIn: 0, fadeOut: 0 });
  const worker = new EditWorker();
  const post = (message: ToEditWorker) => worker.postMessage(message);
  const asked = new Map<number, (samples: Float32Array<ArrayBuffer> | null) => void>();
  const listeners = new Set<() => void>();
  let asks = 0;
  let version = 0;
  let edit = options.edit;
  /** Added to the take's gain, where nothing has been measured yet. */
  let gains = { result: take.gainDb, plain: take.gainDb, at: 0, measured: false };
  let state: EditPreviewState = {
    playing: false,
    waiting: false,
    failed: false,
    hearing: 'result',
    rate: 1,
    gainDb: take.gainDb + edit.gainDb,
    measured: false,
  };
  let context: AudioContext | undefined;
  /** What is to be heard; and all that still sounds, until it does. */
  let run: Run | undefined;
  const runs = new Set<Run>();
  /** Where it stands while nothing plays. */
  let resting = edit.in;

  function become(change: Partial<EditPreviewState>): void {
    const next = { ...state, ...change };
    if (Object.entries(next).every(([key, value]) => state[key as keyof EditPreviewState] === value)) return;
    state = next;
    for (const listener of listeners) listener();
  }

  /** Gain in dB for what is heard. A host's own gain shows at once, before it has been measured. */
  const gainNow = (hearing: Hearing) =>
    (hearing === 'result' ? gains.result : gains.plain) + (gains.measured ? 0 : edit.gainDb - gains.at);
  const timelineOf = (hearing: Hearing) => (hearing === 'original' ? whole : edit);

  worker.onmessage = ({ data }: MessageEvent<FromEditWorker>) => {
    if (data.kind === 'samples') {
      asked.get(data.id)?.(data.samples);
      asked.delete(data.id);
    } else if (data.version === version) {
      gains = { result: data.result, plain: data.plain, at: edit.gainDb, measured: data.measured };
      become({ gainDb: gainNow(state.hearing), measured: data.measured });
    }
  };
  worker.onerror = () => {
    for (const answer of asked.values()) answer(null);
    asked.clear();
  };

  function tellEdit(): void {
    version += 1;
    gains = { ...gains, measured: false };
    const { lufs, truePeak } = targetOf(edit, target);
    post({ kind: 'edit', version, edit, lufs, ceilingDb: truePeak - codecRoomDb });
    become({ gainDb: gainNow(state.hearing), measured: false });
  }

  function read(hearing: Hearing, from: number, to: number): Promise<Float32Array<ArrayBuffer> | null> {
    const id = ++asks;
    const answer = new Promise<Float32Array<ArrayBuffer> | null>((resolve) => asked.set(id, resolve));
    post({ kind: 'read', id, hearing, from, to, gainDb: gainNow(hearing) });
    return answer;
  }

  const here = () => (run === undefined ? resting : toMaster(run.timeline, run.seconds()));

  function stop(): void {
    resting = here();
    run = undefined;
    stopRuns();
  }

  function stopRuns(but?: Run): void {
    for (const each of runs) {
      if (each === but) continue;
      each.stop();
      runs.delete(each);
    }
  }

  /** Begins to play at a moment of the master; what played before goes on until the new sound is there. */
  function begin(at: number, to: number | undefined): void {
    if (context === undefined) return;
    const { hearing, rate } = state;
    const timeline = timelineOf(hearing);
    const end = to === undefined ? editDuration(timeline) : toEdited(timeline, to);
    const mine = createRun({
      context,
      sampleRate,
      rate,
      timeline,
      from: toEdited(timeline, at),
      to: end,
      read: (from, until) => read(hearing, from, until),
      onStart: () => stopRuns(mine),
      onWaiting: (waiting) => run === mine && become({ waiting }),
      onEnd(failed) {
        runs.delete(mine);
        if (run !== mine) return;
        resting = failed ? here() : toMaster(timeline, end);
        run = undefined;
        stopRuns();
        become({ playing: false, waiting: false, failed });
      },
    });
    runs.add(mine);
    run = mine;
    become({ playing: true, waiting: true, failed: false });
  }

  /** Goes on playing at the same moment with what is now to be heard. */
  function goOn(): void {
    if (run === undefined) return;
    const { to, timeline } = run;
    const stopAt = to >= editDuration(timeline) - 1e-6 ? undefined : toMaster(timeline, to);
    begin(here(), stopAt);
  }

  async function play({ from, to }: PlayOptions = {}): Promise<void> {
    const timeline = timelineOf(state.hearing);
    let at = from ?? here();
    // A hair before the end counts as the end, and begins anew.
    if (from === undefined && toEdited(timeline, at) >= editDuration(timeline) - 0.05) at = timeline.in;
    try {
      context ??= makeContext(sampleRate);
      if (context.state !== 'running') await context.resume();
      stop();
      begin(at, to);
    } catch {
      become({ playing: false, waiting: false, failed: true });
    }
  }

  const { url, dataOffset } = take;
  post({
    kind: 'open',
    master: { url: absolute(url), dataOffset, sampleRate, frames },
    peaksUrl: absolute(take.peaks.url),
  });
  tellEdit();

  return {
    setEdit(next) {
      const heard = sameSound(next) !== sameSound(edit);
      if (!heard) {
        edit = next;
        return;
      }
      const at = here();
      edit = next;
      tellEdit();
      if (run === undefined) resting = at;
      else goOn();
    },
    hear(what) {
      if (what === state.hearing) return;
      become({ hearing: what, gainDb: gainNow(what) });
      goOn();
    },
    play,
    async playJoin(index) {
      const cut = edit.cuts[index];
      if (cut === undefined) return;
      const at = toEdited(edit, cut.start);
      await play({ from: toMaster(edit, at - joinBreath), to: toMaster(edit, at + joinBreath) });
    },
    pause() {
      stop();
      become({ playing: false, waiting: false });
    },
    seek(at) {
      if (run === undefined) resting = Math.max(0, Math.min(frames / sampleRate, at));
      else begin(at, undefined);
    },
    setRate(rate) {
      const next = Math.max(0.25, Math.min(4, rate));
      if (next === state.rate) return;
      become({ rate: next });
      goOn();
    },
    position: here,
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      stop();
      worker.terminate();
      for (const answer of asked.values()) answer(null);
      asked.clear();
      listeners.clear();
      void context?.close().catch(() => undefined);
      context = undefined;
    },
  };
}

/** At the master's own rate, so that no part is resampled by itself; a rate the system cannot have is left to it. */
function contextAt(sampleRate: number): AudioContext {
  try {
    return new AudioContext({ sampleRate });
  } catch {
    return new AudioContext();
  }
}

/** A worker of its own has no page to resolve an address against. */
const absolute = (url: string) => new URL(url, globalThis.location.href).href;
