import { type EditSound, editSound } from '../../../shared/domain/edit/apply.ts';
import { cleansNothing } from '../../../shared/domain/edit/clean-up.ts';
import { findGain, readLevelled } from '../../../shared/domain/edit/levelled.ts';
import type { NoiseProfile } from '../../../shared/domain/edit/noise.ts';
import { noCleanUp, plainEdit } from '../../../shared/domain/edit.ts';
import type { Edit } from '../../../shared/domain/sound.ts';
import type { Hearing } from './preview-types.ts';
import { type RemoteMaster, remoteMaster, remoteNoise } from './remote-master.ts';

/**
 * Makes the sound of an edit away from the page, from as much of the master as is asked for. Beside that, as long as
 * nothing is asked, it measures the whole edit, so that it is heard as loud as it will be published.
 */
export type ToEditWorker =
  | { kind: 'open'; master: RemoteMaster; peaksUrl: string }
  | { kind: 'edit'; version: number; edit: Edit; lufs: number; ceilingDb: number }
  | { kind: 'read'; id: number; hearing: Hearing; from: number; to: number; gainDb: number };

export type FromEditWorker =
  | { kind: 'samples'; id: number; samples: Float32Array<ArrayBuffer> | null }
  /** Gains in dB: of the edit, and of the same without clean-up, which is the original's too. */
  | { kind: 'gains'; version: number; result: number; plain: number; measured: boolean };

interface Work {
  version: number;
  edit: Edit;
  lufs: number;
  ceilingDb: number;
}

/** A hand that drags sends many edits: only one that has stood for so long is measured, in milliseconds. */
const restMs = 250;
const sliceMs = 8;

let opened: { master: RemoteMaster; peaksUrl: string } | undefined;
let source: ReturnType<typeof remoteMaster> | undefined;
let noise: Promise<NoiseProfile> | undefined;
let work: Work | undefined;
let sounds = new Map<Hearing, Promise<EditSound>>();
let reading = 0;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function editFor(hearing: Hearing, { edit }: Work, duration: number): Edit {
  if (hearing === 'result') return edit;
  if (hearing === 'uncleaned') return { ...edit, cleanUp: noCleanUp };
  return plainEdit({ in: 0, out: duration, fadeIn: 0, fadeOut: 0 });
}

async function make(
  hearing: Hearing,
  current: Work,
  run?: <T>(slices: Generator<void, T>) => Promise<T>,
): Promise<EditSound> {
  if (opened === undefined || source === undefined) throw new Error('no master is open');
  const edit = editFor(hearing, current, opened.master.frames / opened.master.sampleRate);
  if (!edit.cleanUp.noise) return editSound(source, edit, null, run);
  noise ??= remoteNoise(opened.peaksUrl, fetch);
  try {
    return editSound(source, edit, await noise, run);
  } catch (error) {
    noise = undefined;
    throw error;
  }
}

function soundFor(hearing: Hearing, current: Work): Promise<EditSound> {
  const there = sounds.get(hearing);
  if (there !== undefined) return there;
  const mine = sounds;
  const made = make(hearing, current);
  mine.set(hearing, made);
  made.catch(() => mine.delete(hearing));
  return made;
}

async function read({ id, hearing, from, to, gainDb }: Extract<ToEditWorker, { kind: 'read' }>): Promise<void> {
  const answer = (samples: Float32Array<ArrayBuffer> | null) => {
    const message: FromEditWorker = { kind: 'samples', id, samples };
    self.postMessage(message, { transfer: samples === null ? [] : [samples.buffer] });
  };
  const current = work;
  if (current === undefined || source === undefined) return answer(null);
  reading += 1;
  try {
    const sound = await soundFor(hearing, current);
    answer(await readLevelled(sound, source.sampleRate, from, to, { gainDb, ceilingDb: current.ceilingDb }));
  } catch {
    answer(null);
  } finally {
    reading -= 1;
  }
}

/** Work of a measurement, a few milliseconds at a time, and none while something is to be heard. */
async function givingWay<T>(slices: Generator<void, T>): Promise<T> {
  let since = performance.now();
  for (;;) {
    const { done, value } = slices.next();
    if (done) return value;
    if (performance.now() - since < sliceMs) continue;
    await pause(0);
    while (reading > 0) await pause(5);
    since = performance.now();
  }
}

/** Measures, giving way to whatever is to be heard, and gives up when the edit has changed. */
async function measure(current: Work): Promise<void> {
  await pause(restMs);
  const goOn = async () => {
    while (reading > 0 && work === current) await pause(5);
    return work === current;
  };
  if (!(await goOn()) || source === undefined) return;
  const { sampleRate } = source;
  const tell = (result: number, plain: number, measured: boolean) => {
    const message: FromEditWorker = { kind: 'gains', version: current.version, result, plain, measured };
    if (work === current) self.postMessage(message);
  };
  try {
    // Sounds of its own: a measurement must not push out the blocks that are being heard.
    const result = await make('result', current, givingWay);
    const gain = await findGain(result, sampleRate, current, goOn, (first) => tell(first, first, false));
    if (gain === null) return;
    if (cleansNothing(current.edit.cleanUp)) return tell(gain, gain, true);
    const plain = await findGain(await make('uncleaned', current, givingWay), sampleRate, current, goOn);
    if (plain !== null) tell(gain, plain, true);
  } catch {
    // A master that cannot be read is told where it is to be heard.
  }
}

self.addEventListener('message', ({ data }: MessageEvent<ToEditWorker>) => {
  if (data.kind === 'open') {
    opened = { master: data.master, peaksUrl: data.peaksUrl };
    source = remoteMaster(data.master, (input, init) => fetch(input, init));
    noise = undefined;
    sounds = new Map();
  } else if (data.kind === 'edit') {
    const { version, edit, lufs, ceilingDb } = data;
    work = { version, edit, lufs, ceilingDb };
    sounds = new Map();
    void measure(work);
  } else {
    void read(data);
  }
});
