import type { ListenBack, ListenBackOptions } from './types.ts';

/** Makes a take audible at publication loudness: gain, then a look-ahead limiter, in a worker. */
export async function createListenBack(options: ListenBackOptions): Promise<ListenBack> {
  throw new Error(`not yet: ${options.samples.length}`);
}
