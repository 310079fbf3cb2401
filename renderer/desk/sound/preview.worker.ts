import { editPlan } from '../../../shared/domain/edit/plan.ts';
import { integratedLoudness, LoudnessMeter } from '../../../shared/domain/loudness.ts';
import type { Edit } from '../../../shared/domain/sound.ts';
import { createMasterReader, type MasterPlace, type MasterReader } from './master.ts';
import { type As, type Level, levelled, resultOf, uncleaned } from './piece.ts';

/** To the worker: which master (`key` names it), and what is wanted of an edit of it. */
export type ToPreview =
  | { kind: 'open'; key: string; place: MasterPlace }
  | ({ kind: 'piece'; id: number; edit: Edit; as: As; from: number; count: number } & Level)
  /** A newer one makes an older one obsolete, for the same way of hearing. */
  | { kind: 'measure'; id: number; edit: Edit; as: As };
export type FromPreview =
  | { kind: 'piece'; id: number; samples: Float32Array<ArrayBuffer> }
  /** `null` for silence, `undefined` when another edit came meanwhile. */
  | { kind: 'loudness'; id: number; lufs: number | null | undefined }
  | { kind: 'failed'; id: number; reason: string };

/** Seconds measured between two looks at what else is wanted: sound comes before figures. */
const measured = 2;

let key = '';
let master: MasterReader | undefined;
/** Pieces being made, and the newest measurement of each kind. */
let wanted = 0;
const newest = new Map<As, number>();

/** What is heard, as frames that can be read from anywhere, and how many there are. */
function sound(as: As, edit: Edit) {
  if (master === undefined) throw new Error('no master yet');
  const known = master;
  if (as === 'original') {
    return { known, length: known.frames, read: (from: number, to: number) => known.samples(from, to) };
  }
  const plan = editPlan(edit, known.sampleRate, known.frames);
  const clean = uncleaned(known);
  return { known, length: plan.length, read: (from: number, to: number) => resultOf(plan, clean, from, to) };
}

async function piece({ as, edit, from, count, gainDb, ceilingDb }: Extract<ToPreview, { kind: 'piece' }>) {
  const { known, length, read } = sound(as, edit);
  return levelled(read, { from, count, length, sampleRate: known.sampleRate }, { gainDb, ceilingDb });
}

/** Loudness of the whole result, or of the same stretch of the original; undefined when another edit came meanwhile. */
async function measure({ as, edit, id }: Extract<ToPreview, { kind: 'measure' }>): Promise<number | null | undefined> {
  newest.set(as, id);
  const { known, length, read } = sound(as, edit);
  const [from, to] =
    as === 'original'
      ? [Math.round(edit.in * known.sampleRate), Math.min(length, Math.round(edit.out * known.sampleRate))]
      : [0, length];
  const meter = new LoudnessMeter(known.sampleRate);
  const size = Math.round(measured * known.sampleRate);
  for (let at = from; at < to; at += size) {
    while (wanted > 0) await rest();
    if (newest.get(as) !== id || known !== master) return undefined;
    meter.push(await read(at, Math.min(to, at + size)));
    await rest();
  }
  return integratedLoudness(meter.steps());
}

/** Lets messages in. */
const rest = () => new Promise<void>((resolve) => setTimeout(resolve));

async function answer(message: ToPreview): Promise<void> {
  const tell = (reply: FromPreview, transfer: Transferable[] = []) => self.postMessage(reply, { transfer });
  switch (message.kind) {
    case 'open':
      if (message.key === key && master !== undefined) master.moveTo(message.place.url);
      else {
        key = message.key;
        master = createMasterReader(message.place);
      }
      return;
    case 'piece':
    case 'measure':
      try {
        if (message.kind === 'piece') {
          wanted++;
          try {
            const samples = await piece(message);
            tell({ kind: 'piece', id: message.id, samples }, [samples.buffer]);
          } finally {
            wanted--;
          }
          return;
        }
        tell({ kind: 'loudness', id: message.id, lufs: await measure(message) });
      } catch (error) {
        tell({ kind: 'failed', id: message.id, reason: error instanceof Error ? error.message : String(error) });
      }
  }
}

self.addEventListener('message', ({ data }: MessageEvent<ToPreview>) => void answer(data));
