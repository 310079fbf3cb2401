import { Worker } from 'node:worker_threads';
import type { Examination } from './examine.ts';
import type { Question } from './examine.worker.ts';

/**
 * Looks at a database file in a thread of its own: a library of 10,000 portraits takes seconds, in which a booth records.
 * Rejects where the thread cannot start or dies, and for a draft that cannot even be opened for writing.
 */
export type Examiner = (question: Question) => Promise<Examination>;

export const examineApart: Examiner = (question) =>
  new Promise((resolve, reject) => {
    // The sources run as they are; the build puts the worker beside the bundle.
    const ending = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
    const worker = new Worker(new URL(`./examine.worker${ending}`, import.meta.url), { workerData: question });
    worker.unref();
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the examination ended with ${code}`)));
  });
