import { parentPort, workerData } from 'node:worker_threads';
import { examine, examineInSteps } from './examine.ts';
import { settle } from './settle.ts';

/** What a worker is asked: to make a draft a file of its own and look at it, or to look at the library in use. */
export type Question = { path: string; kind: 'draft' | 'living' };

const { path, kind } = workerData as Question;
if (kind === 'draft') {
  settle(path);
  parentPort?.postMessage(examine(path));
} else {
  const walk = examineInSteps(path, false);
  const step = (): void => {
    const { done, value } = walk.next();
    if (done) parentPort?.postMessage(value);
    else setTimeout(step, restMs);
  };
  /** A rest between two steps: nobody waits for this, and others may. */
  const restMs = 20;
  step();
}
