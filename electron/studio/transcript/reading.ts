import { type ResourceLimits, Worker } from 'node:worker_threads';
import { turns } from '../../../shared/domain/turns.ts';
import type { ReadCaptions } from './read-captions.ts';

export interface ReadingLimits {
  /** Milliseconds, of which the longest file that is taken needs a tenth. */
  withinMs: number;
  memory: ResourceLimits;
}

/** The longest file allowed, all of it passages, was read within 60 MB and 0.9 s on a busy machine. */
const usual: ReadingLimits = {
  withinMs: 15_000,
  memory: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
};

/** Reads a caption file; undefined for what is none, and for what takes more time or memory than any honest one. */
export type CaptionReader = (text: string) => Promise<ReadCaptions | undefined>;

/**
 * Reads caption files apart, one after the other: while a booth records, its chunks wait for nobody's file, and a
 * hundred of them at once cost no more than one.
 */
export function captionsApart(limits: ReadingLimits = usual): CaptionReader {
  const inTurn = turns();
  return (text) => inTurn(() => readApart(text, limits));
}

function readApart(text: string, { withinMs, memory }: ReadingLimits): Promise<ReadCaptions | undefined> {
  // The sources run as they are; the build puts the worker beside the bundle.
  const ending = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
  const address = new URL(`./read-captions.worker${ending}`, import.meta.url);
  return new Promise((resolve, reject) => {
    const worker = new Worker(address, { workerData: text, resourceLimits: memory });
    const late = setTimeout(() => {
      resolve(undefined);
      void worker.terminate();
    }, withinMs);
    worker.once('message', resolve);
    worker.once('error', (error) => {
      const tooMuch = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
      if (tooMuch) resolve(undefined);
      else reject(error);
    });
    worker.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`the reading of a caption file ended with ${code}`));
    });
  });
}
