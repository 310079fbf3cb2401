import { hear, hearingWindow } from './hearing.ts';
import { type Device, hasMoved, microphoneOf } from './identity.ts';
import { createListeners } from './listeners.ts';
import { clockMs, type FromWorker, type ToWorker } from './messages.ts';
import { patience } from './patience.ts';
import RecorderWorker from './recorder.worker.ts?worker';
import { createRecording } from './recording.ts';
import { connect, type Source } from './source.ts';
import type { Level, Microphone, Opening, OpeningFailure, Recording, RecordOptions, Trouble } from './types.ts';

const effectNames = ['echoCancellation', 'noiseSuppression', 'autoGainControl'] as const;

/** What `getUserMedia`'s errors mean (Media Capture and Streams, 10.2). */
function failureOf(error: unknown): OpeningFailure {
  const name = error instanceof DOMException || error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'missing' : 'busy';
}

/**
 * Opens the microphone with every effect of the browser off and waits for its first sound.
 * Keep it open from the microphone check on: opening takes up to half a second.
 */
export async function openMicrophone(options: { deviceId?: string } = {}): Promise<Opening> {
  const off = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  const { deviceId } = options;
  let stream: MediaStream;
  try {
    const audio = deviceId === undefined ? off : { ...off, deviceId: { exact: deviceId } };
    stream = await navigator.mediaDevices.getUserMedia({ audio });
  } catch (error) {
    return { ok: false, reason: failureOf(error) };
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
    if (sampleRate !== undefined) return { ok: true, microphone: operate(track, worker, source, sampleRate) };
    source.close();
  } catch {
    // Handled below: whatever kept the sound from the worker, there is none.
  }
  track.stop();
  worker.terminate();
  return { ok: false, reason: 'noData' };
}

function operate(track: MediaStreamTrack, worker: Worker, source: Source, sampleRate: number): Microphone {
  const settings = track.getSettings();
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
    } else if (data.kind === 'trouble') {
      trouble = data.trouble;
      troubles.tell(trouble);
    } else if (data.kind !== 'first') {
      recordings.get(data.recording)?.answer(data);
    }
  };

  let opened: Device | undefined;
  // A worker that fails takes its sound with it; what the studio has got is safe there.
  worker.onerror = () => {
    trouble = 'ended';
    troubles.tell(trouble);
    for (const recording of recordings.values()) recording.fail(sampleRate);
  };

  const checkIdentity = () =>
    void navigator.mediaDevices.enumerateDevices().then((devices) => {
      opened ??= microphoneOf(settings.deviceId ?? '', devices);
      if (opened !== undefined && hasMoved(opened, devices)) lost('moved');
    });
  checkIdentity();
  track.addEventListener('ended', () => lost('ended'));
  navigator.mediaDevices.addEventListener('devicechange', checkIdentity);
  const timer = setInterval(checkIdentity, patience.identity);

  return {
    sampleRate,
    device: track.label,
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
      clearInterval(timer);
      navigator.mediaDevices.removeEventListener('devicechange', checkIdentity);
      track.stop();
      source.close();
      post({ kind: 'close' });
    },
  };
}
