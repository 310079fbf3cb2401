import type { Level } from '../../../shared/domain/edit/levelled.ts';
import type { Edit } from '../../../shared/domain/sound.ts';
import type { MasterPlace } from './master.ts';
import type { As, FromPreview, ToPreview } from './preview.worker.ts';
import PreviewWorker from './preview.worker.ts?worker';

interface Waiting {
  resolve(reply: FromPreview): void;
  reject(error: Error): void;
}

/** The worker that makes an edit audible, as calls. */
export function createPreview() {
  const worker = new PreviewWorker();
  const waiting = new Map<number, Waiting>();
  let ids = 0;
  const post = (message: ToPreview) => worker.postMessage(message);

  worker.onmessage = ({ data }: MessageEvent<FromPreview>) => {
    const one = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.kind === 'failed') one?.reject(new Error(data.reason));
    else one?.resolve(data);
  };
  worker.onerror = (event) => {
    for (const one of waiting.values()) one.reject(new Error(`preview worker: ${event.message}`));
    waiting.clear();
  };
  function ask(make: (id: number) => ToPreview): Promise<FromPreview> {
    const id = ++ids;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      post(make(id));
    });
  }

  return {
    open: (key: string, place: MasterPlace, peaksUrl: string) => post({ kind: 'open', key, place, peaksUrl }),
    async piece(edit: Edit, as: As, from: number, count: number, level: Level): Promise<Float32Array<ArrayBuffer>> {
      const reply = await ask((id) => ({ kind: 'piece', id, edit, as, from, count, ...level }));
      if (reply.kind !== 'piece') throw new Error('the preview worker answers something else');
      return reply.samples;
    },
    /** Gain to publication loudness; `null` for silence, and when another edit came meanwhile. */
    async gain(edit: Edit, as: As, target: { lufs: number; ceilingDb: number }): Promise<number | null> {
      const reply = await ask((id) => ({ kind: 'gain', id, edit, as, ...target }));
      return reply.kind === 'gain' ? reply.gainDb : null;
    },
  };
}
export type Preview = ReturnType<typeof createPreview>;
