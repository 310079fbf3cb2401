import { editSound } from '../../../shared/domain/edit/apply.ts';
import type { NoiseProfile } from '../../../shared/domain/edit/noise.ts';
import { noCleanUp } from '../../../shared/domain/edit.ts';
import type { Edit } from '../../../shared/domain/sound.ts';
import { noiseOfTake, takePeaksHead } from '../../../shared/domain/take-peaks.ts';
import { createMasterReader, type MasterPlace, type MasterReader, MasterUnread } from './master.ts';
import { type As, gainFor, type Heard, type Level, levelled } from './piece.ts';

/** To the worker: which master (`key` names it), and what is wanted of an edit of it. */
export type ToPreview =
  | { kind: 'open'; key: string; place: MasterPlace; peaksUrl: string }
  | ({ kind: 'piece'; id: number; edit: Edit; as: As; from: number; count: number } & Level)
  /** A newer one makes an older one obsolete, for the same way of hearing. */
  | { kind: 'gain'; id: number; edit: Edit; as: As; lufs: number; ceilingDb: number };
export type FromPreview =
  | { kind: 'piece'; id: number; samples: Float32Array<ArrayBuffer> }
  /** `null` for silence, `undefined` when another edit came meanwhile. */
  | { kind: 'gain'; id: number; gainDb: number | null | undefined }
  | { kind: 'failed'; id: number; reason: string };

interface Take {
  key: string;
  master: MasterReader;
  peaksUrl: string;
  /** The room's noise, read when it is first cleaned. */
  noise?: Promise<NoiseProfile | null>;
}
let take: Take | undefined;
/** Pieces being made, and the newest measurement of each kind. */
let wanted = 0;
const newest = new Map<As, number>();
/** The sound made last, with what it has cleaned already. */
let made: { edit: Edit; as: As; take: Take; heard: Heard } | undefined;

async function readNoise({ peaksUrl }: Take): Promise<NoiseProfile | null> {
  const answer = await fetch(peaksUrl, { headers: { range: `bytes=0-${takePeaksHead - 1}` } });
  if (!answer.ok) throw new MasterUnread(`no noise profile: the door answers ${answer.status}`);
  return noiseOfTake(new Uint8Array(await answer.arrayBuffer()));
}

/** Whether the samples of two edits are the same; a marker or a gain makes no other sound. */
const sounds = ({ in: start, out, fadeIn, fadeOut, cuts, cleanUp }: Edit) =>
  JSON.stringify([start, out, fadeIn, fadeOut, cuts, cleanUp]);

async function sound(as: As, edit: Edit): Promise<Heard> {
  if (take === undefined) throw new Error('no master yet');
  const now = take;
  const { sampleRate, frames } = now.master;
  const read = (from: number, to: number) => now.master.samples(from, to);
  if (as === 'original') return { sampleRate, length: frames, read };
  if (made?.take === now && made.as === as && sounds(made.edit) === sounds(edit)) return made.heard;
  const heardEdit = as === 'bare' ? { ...edit, cleanUp: noCleanUp } : edit;
  let noise: NoiseProfile | null = null;
  if (heardEdit.cleanUp.noise) {
    now.noise ??= readNoise(now).catch((error) => {
      delete now.noise;
      throw error;
    });
    noise = await now.noise;
  }
  const edited = editSound({ sampleRate, frames, read }, heardEdit, noise);
  const heard = { sampleRate, length: edited.plan.length, read: edited.read };
  made = { edit, as, take: now, heard };
  return heard;
}

async function piece({ as, edit, from, count, gainDb, ceilingDb }: Extract<ToPreview, { kind: 'piece' }>) {
  wanted++;
  try {
    return await levelled(await sound(as, edit), from, count, { gainDb, ceilingDb });
  } finally {
    wanted--;
  }
}

/** Gain of the whole result, or of the same stretch of the original. */
async function gain({ as, edit, id, lufs, ceilingDb }: Extract<ToPreview, { kind: 'gain' }>) {
  newest.set(as, id);
  const now = take;
  const heard = await sound(as, edit);
  const frame = (seconds: number) => Math.min(heard.length, Math.round(seconds * heard.sampleRate));
  const span = as === 'original' ? ([frame(edit.in), frame(edit.out)] as const) : ([0, heard.length] as const);
  return gainFor(heard, span, { lufs, ceilingDb }, async () => {
    do await new Promise<void>((resolve) => setTimeout(resolve));
    while (wanted > 0);
    return newest.get(as) === id && now === take;
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
