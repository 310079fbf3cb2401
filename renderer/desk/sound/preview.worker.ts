import { type EditSound, editSound } from '../../../shared/domain/edit/apply.ts';
import { findGain, type Level, readLevelled } from '../../../shared/domain/edit/levelled.ts';
import type { NoiseProfile } from '../../../shared/domain/edit/noise.ts';
import { noCleanUp, plainEdit } from '../../../shared/domain/edit.ts';
import type { Edit } from '../../../shared/domain/sound.ts';
import { noiseOfTake, takePeaksHead } from '../../../shared/domain/take-peaks.ts';
import { createMasterReader, type MasterPlace, type MasterReader, MasterUnread } from './master.ts';

/** What is heard: the edit, the edit without its clean-up, or the master as it was recorded. */
export type As = 'result' | 'bare' | 'original';

/**
 * To the worker: which master (`key` names it), and what is wanted of an edit of it. It makes the sound away from the
 * page, by the functions that make the rendition, from as much of the master as is asked for.
 */
export type ToPreview =
  | { kind: 'open'; key: string; place: MasterPlace; peaksUrl: string }
  | ({ kind: 'piece'; id: number; edit: Edit; as: As; from: number; count: number } & Level)
  /** A newer one makes an older one obsolete. */
  | { kind: 'gain'; id: number; edit: Edit; as: As; lufs: number; ceilingDb: number };
export type FromPreview =
  | { kind: 'piece'; id: number; samples: Float32Array<ArrayBuffer> }
  /** `null` for silence, and when another edit came meanwhile. */
  | { kind: 'gain'; id: number; gainDb: number | null }
  | { kind: 'failed'; id: number; reason: string };

interface Take {
  key: string;
  master: MasterReader;
  peaksUrl: string;
  /** The room's noise, read when it is first cleaned. */
  noise?: Promise<NoiseProfile | null>;
}
type Run = <Value>(work: Generator<void, Value>) => Promise<Value>;

/** Longest stretch of measuring before it looks whether something is to be heard, in milliseconds. */
const sliceMs = 8;

let take: Take | undefined;
/** Pieces being made, and the newest measurement. */
let wanted = 0;
let newest = 0;
/** The sound made last, with what it has cleaned already. */
let made: { edit: Edit; as: As; take: Take; sound: Promise<EditSound> } | undefined;

async function readNoise({ peaksUrl }: Take): Promise<NoiseProfile | null> {
  const answer = await fetch(peaksUrl, { headers: { range: `bytes=0-${takePeaksHead - 1}` } });
  if (!answer.ok) throw new MasterUnread(`no noise profile: the door answers ${answer.status}`);
  return noiseOfTake(new Uint8Array(await answer.arrayBuffer()));
}

/** Whether the samples of two edits are the same; a marker or a gain makes no other sound. */
const sounds = ({ in: start, out, fadeIn, fadeOut, cuts, cleanUp }: Edit) =>
  JSON.stringify([start, out, fadeIn, fadeOut, cuts, cleanUp]);

function editFor(as: As, edit: Edit, duration: number): Edit {
  if (as === 'result') return edit;
  if (as === 'bare') return { ...edit, cleanUp: noCleanUp };
  return plainEdit({ in: 0, out: duration, fadeIn: 0, fadeOut: 0 });
}

async function make(now: Take, as: As, edit: Edit, run?: Run): Promise<EditSound> {
  const { sampleRate, frames } = now.master;
  const source = { sampleRate, frames, read: now.master.samples };
  const wantedEdit = editFor(as, edit, frames / sampleRate);
  if (!wantedEdit.cleanUp.noise) return editSound(source, wantedEdit, null, run);
  now.noise ??= readNoise(now);
  try {
    return editSound(source, wantedEdit, await now.noise, run);
  } catch (error) {
    delete now.noise;
    throw error;
  }
}

async function piece({ as, edit, from, count, ...level }: Extract<ToPreview, { kind: 'piece' }>) {
  if (take === undefined) throw new Error('no master yet');
  const now = take;
  wanted++;
  try {
    if (made?.take !== now || made.as !== as || sounds(made.edit) !== sounds(edit)) {
      made = { edit, as, take: now, sound: make(now, as, edit) };
    }
    const { sound } = made;
    sound.catch(() => {
      if (made?.sound === sound) made = undefined;
    });
    return await readLevelled(await sound, now.master.sampleRate, from, from + count, level);
  } finally {
    wanted--;
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Work of a measurement, a few milliseconds at a time, and none while something is to be heard. */
async function givingWay<Value>(work: Generator<void, Value>): Promise<Value> {
  let since = performance.now();
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    if (performance.now() - since < sliceMs) continue;
    await pause(0);
    while (wanted > 0) await pause(5);
    since = performance.now();
  }
}

async function gain({ as, edit, id, lufs, ceilingDb }: Extract<ToPreview, { kind: 'gain' }>) {
  if (take === undefined) throw new Error('no master yet');
  const now = take;
  newest = id;
  // A sound of its own: a measurement must not push out the blocks that are being heard.
  const sound = await make(now, as, edit, givingWay);
  return findGain(sound, now.master.sampleRate, { lufs, ceilingDb }, async () => {
    await pause(0);
    while (wanted > 0 && newest === id) await pause(5);
    return newest === id && now === take;
  });
}

async function answer(message: Exclude<ToPreview, { kind: 'open' }>): Promise<void> {
  const { id } = message;
  const tell = (reply: FromPreview, transfer: Transferable[] = []) => self.postMessage(reply, { transfer });
  try {
    if (message.kind === 'gain') return tell({ kind: 'gain', id, gainDb: await gain(message) });
    const samples = await piece(message);
    tell({ kind: 'piece', id, samples }, [samples.buffer]);
  } catch (error) {
    tell({ kind: 'failed', id, reason: error instanceof Error ? error.message : String(error) });
  }
}

self.addEventListener('message', ({ data }: MessageEvent<ToPreview>) => {
  if (data.kind !== 'open') return void answer(data);
  const { key, place, peaksUrl } = data;
  if (take?.key === key) {
    take.master.moveTo(place.url);
    take.peaksUrl = peaksUrl;
  } else take = { key, master: createMasterReader(place), peaksUrl };
});
