import { importLimit, titleOfFile } from '../../../shared/domain/importing.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { nameLimit } from '../../../shared/domain/portrait.ts';
import type { SendSound, Sent } from './send.ts';

export type ImportTrouble = Extract<Sent, { ok: false }>['problem'];

/** `reading`: the studio has the whole file and makes a portrait of it. */
export type ImportState =
  | { state: 'waiting' | 'sending' | 'reading' }
  | { state: 'done'; portraitId: string }
  | { state: 'failed'; problem: ImportTrouble };

/** A file on its way into the library. */
export type ImportItem = ImportState & {
  id: number;
  name: string;
  /** Of the whole file, and those that have left. */
  bytes: number;
  sent: number;
};

interface Held {
  file: Blob;
  language: Language;
  stop: AbortController;
}

const ended = ({ state }: ImportItem) => state === 'done' || state === 'failed';

/**
 * Sound files being brought to the studio, one after the other: each takes the disk and ffmpeg for itself. Outlives every
 * screen, so that one can go on working meanwhile.
 */
export function createImports(send: SendSound) {
  let items: readonly ImportItem[] = [];
  let running = false;
  let last = 0;
  const held = new Map<number, Held>();
  const listeners = new Set<() => void>();

  function put(next: readonly ImportItem[]): void {
    items = next;
    for (const listener of listeners) listener();
  }
  function become(id: number, state: ImportState, sent?: number): void {
    put(
      items.map((item) => {
        if (item.id !== id) return item;
        const { name, bytes } = item;
        return { id, name, bytes, sent: sent ?? item.sent, ...state };
      }),
    );
  }

  async function bring(item: ImportItem, { file, language, stop }: Held): Promise<void> {
    const { id, bytes } = item;
    if (bytes > importLimit) return become(id, { state: 'failed', problem: 'TOO_LARGE' });
    become(id, { state: 'sending' }, 0);
    const answer = await send(file, {
      about: { title: titleOfFile(item.name, nameLimit), language },
      signal: stop.signal,
      onSent: (sent) => become(id, { state: sent < bytes ? 'sending' : 'reading' }, sent),
    });
    if (answer.ok) {
      held.delete(id);
      become(id, { state: 'done', portraitId: answer.portraitId }, bytes);
    } else become(id, { state: 'failed', problem: answer.problem });
  }
  async function run(): Promise<void> {
    if (running) return;
    running = true;
    for (;;) {
      const next = items.find(({ state }) => state === 'waiting');
      const kept = next && held.get(next.id);
      if (next === undefined || kept === undefined) break;
      await bring(next, kept);
    }
    running = false;
  }

  return {
    items: () => items,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Brings files in, in their order; their names become titles. */
    add(files: readonly File[], language: Language): void {
      const made = files.map((file): ImportItem => {
        const id = ++last;
        held.set(id, { file, language, stop: new AbortController() });
        return { id, name: file.name, bytes: file.size, sent: 0, state: 'waiting' };
      });
      put([...items, ...made]);
      void run();
    },
    /** Gives a file up, wherever it is on its way; what has come of it is thrown away by the studio. */
    cancel(id: number): void {
      const item = items.find((one) => one.id === id);
      if (item === undefined || ended(item)) return;
      if (item.state === 'waiting') become(id, { state: 'failed', problem: 'cancelled' });
      else held.get(id)?.stop.abort();
    },
    /** Brings one that failed once more, after those that wait. */
    again(id: number): void {
      const item = items.find((one) => one.id === id);
      const kept = held.get(id);
      if (item?.state !== 'failed' || kept === undefined) return;
      held.set(id, { ...kept, stop: new AbortController() });
      const { name, bytes } = item;
      put([...items.filter((one) => one.id !== id), { id, name, bytes, sent: 0, state: 'waiting' }]);
      void run();
    },
    /** Forgets what has ended. */
    clear(): void {
      for (const item of items) if (ended(item)) held.delete(item.id);
      put(items.filter((item) => !ended(item)));
    },
  };
}
export type Imports = ReturnType<typeof createImports>;
