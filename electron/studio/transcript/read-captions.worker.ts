import { parentPort, workerData } from 'node:worker_threads';
import { readCaptions } from './read-captions.ts';

/** One caption file, read in a thread of its own; `reading.ts` starts it and says how much it may take. */
parentPort?.postMessage(await readCaptions(workerData as string));
