import { type ChosenDevice, pickMicrophone, type SeenDevice } from '../../shared/domain/devices.ts';
import { listDevices, namesKnown } from './devices.ts';
import { hear, hearingWindow } from './hearing.ts';
import { type Device, hasMoved } from './identity.ts';
import { createListeners } from './listeners.ts';
import { clockMs, type FromWorker, type ToWorker } from './messages.ts';
import { patience } from './patience.ts';
import RecorderWorker from './recorder.worker.ts?worker';
import { createRecording } from './recording.ts';
import { createSecondOpinion, plain } from './second-opinion.ts';
import { connect, type Source } from './source.ts';
import type { Level, Microphone, Opening, OpeningFailure, Recording, RecordOptions, Trouble } from './types.ts';

const effectNames = ['echoCancellation', 'noiseSuppression', 'autoGainControl'] as const;

/** What `getUserMedia`'s errors mean (Media Capture and Streams, 10.2). */
function failureOf(error: unknown): OpeningFailure {
  const name = error instanceof DOMException || error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'missing' : 'busy';
}

/** The page's devices with their names; asks for the permission where it has not been given yet. */
async function namedDevices() {
  const devices = await listDevices();
  if (devices.inputs.length > 0 && namesKnown(devices)) return devices;
  // Nothing is read from it: it is opened for the permission alone, or for the reason why there is none.
  const stream = await navigator.mediaDevices.getUserMedia({ audio: plain });
  for (const track of stream.getTracks()) track.stop();
  return listDevices();
}

export interface Wanted {
  /** The one the hosts chose: it and no other. */
  chosen?: ChosenDevice | null;
  /** Where none was chosen: the one taken before. */
  usual?: ChosenDevice | null;
}

/**
 * Opens the chosen microphone, or the one `pickMicrophone` takes where none was chosen, by its own id: the system's
 * `default` may come to mean another device at any moment. Every effect of the browser is off. Waits for the first sound;
 * keep it open from the microphone check on, since opening takes up to half a second.
 */
export async function openMicrophone({ chosen = null, usual = null }: Wanted = {}): Promise<Opening> {
  let stream: MediaStream;
  let device: SeenDevice;
  try {
    const { inputs, all } = await namedDevices();
    const picked = pickMicrophone(chosen, usual, inputs, all);
    if (!picked.ok) return inputs.length === 0 && chosen === null ? { ok: false, reason: 'missing' } : picked;
    device = picked.device;
    const audio = { ...plain, deviceId: { exact: device.id } };
    stream = await navigator.mediaDevices.getUserMedia({ audio });
  } catch (error) {
    const reason = failureOf(error);
    // With no microphone at all, it is still the chosen one that is missed.
    return reason === 'missing' && chosen
      ? { ok: false, reason: 'chosenMissing', name: chosen.name }
      : { ok: false, reason };
  }
  const [track] = stream.getAudioTracks();
  if (track === undefined) return { ok: false, reason: 'missing' };
  const worker = new RecorderWorker();
  try {
    const first = Promise.withResolvers<number | undefined>();
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === 'first') first.resolve(data.sampleRate);
    };
    // A machine busy enough to be late with the first sound is late with it as it may be in a take.
    setTimeout(() => first.resolve(undefined), patience.lose);
    const source = await connect(track, worker);
    const sampleRate = await first.promise;
    if (sampleRate !== undefined) return { ok: true, microphone: operate(track, device, worker, source, sampleRate) };
    source.close();
  } catch {
    // Handled below: whatever kept the sound from the worker, there is none.
  }
  track.stop();
  worker.terminate();
  return { ok: false, reason: 'noData' };
}

function operate(
  first: MediaStreamTrack,
  device: SeenDevice,
  worker: Worker,
  source: Source,
  sampleRate: number,
): Microphone {
  const settings = first.getSettings();
  let track = first;
  let closed = false;
  const levels = createListeners<Level>();
  const troubles = createListeners<Trouble | undefined>();
  const recordings = new Map<number, ReturnType<typeof createRecording>>();
  let trouble: Trouble | undefined;
  let recent: Level[] = [];
  let count = 0;
  const post = (message: ToWorker) => worker.postMessage(message);
  const lost = (kind: 'ended' | 'moved') => post({ kind: 'lost', trouble: kind });

  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    if (data.kind === 'level') {
      recent = [...recent.slice(1 - hearingWindow), data.level];
      levels.tell(data.level);
    } else if (data.kind === 'lostSome') {
      opinion.ask();
    } else if (data.kind === 'checked') {
      opinion.answer(data.verdict);
    } else if (data.kind === 'trouble') {
      // What closing it looks like to the worker is nobody's trouble.
      if (closed) return;
      trouble = data.trouble;
      troubles.tell(trouble);
    } else if (data.kind !== 'first') {
      recordings.get(data.recording)?.answer(data);
    }
  };

  const opened: Device = { kind: 'audioinput', deviceId: device.id, label: device.name };
  let suspected = false;
  // A worker that fails takes its sound with it; what the studio has got is safe there.
  worker.onerror = () => {
    trouble = 'ended';
    troubles.tell(trouble);
    opinion.close();
    for (const recording of recordings.values()) recording.fail(sampleRate);
  };

  const checkIdentity = () =>
    void navigator.mediaDevices.enumerateDevices().then((devices) => {
      const gone = hasMoved(opened, devices);
      // Once may be a list that is just being made: a server that restarts, a hub that wakes.
      if (gone && suspected) lost('moved');
      suspected = gone;
    });
  const watch = (one: MediaStreamTrack) => one.addEventListener('ended', () => one === track && lost('ended'));
  watch(track);

  const opinion = createSecondOpinion({
    deviceId: device.id,
    worker,
    exact: source.method === 'processor',
    replace(second) {
      const old = track;
      track = second;
      watch(track);
      old.stop();
    },
  });
  navigator.mediaDevices.addEventListener('devicechange', checkIdentity);
  const timer = setInterval(checkIdentity, patience.identity);

  return {
    sampleRate,
    device: device.name,
    seen: device,
    method: source.method,
    effects: effectNames.filter((name) => Boolean(settings[name])),
    get trouble() {
      return trouble;
    },
    onLevel: levels.add,
    onTrouble: troubles.add,
    hearing: () => hear(recent),
    resetHearing() {
      recent = [];
    },
    record(options: RecordOptions): Recording {
      const id = count++;
      const recording = createRecording(id, options, post);
      recordings.set(id, recording);
      const { takeId, token, base = location.origin } = options;
      const goAt = options.goAt === undefined ? clockMs() : performance.timeOrigin + options.goAt;
      post({ kind: 'begin', recording: id, takeId, token, base, goAt });
      return recording.handle;
    },
    close() {
      closed = true;
      opinion.close();
      clearInterval(timer);
      navigator.mediaDevices.removeEventListener('devicechange', checkIdentity);
      track.stop();
      source.close();
      post({ kind: 'close' });
    },
  };
}
