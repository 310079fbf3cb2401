import type { Erasers, ErasureStore } from './ports.ts';

/**
 * Takes off the disk what the library has let go. What is to go is named in the library by the same transaction, so a
 * crash in between only puts it off to the next start.
 */
export function createErasing(store: ErasureStore, erasers: Erasers, log: (what: string, error: unknown) => void) {
  let line: Promise<unknown> = Promise.resolve();

  async function run(): Promise<number> {
    let left = 0;
    // Copies last: only then is nothing put into a new one that has to leave it again.
    const pending = [...store.pending()].sort((a, b) => Number(a.kind === 'copies') - Number(b.kind === 'copies'));
    for (const { id, kind, name } of pending) {
      try {
        await erasers[kind](name);
        store.done(id);
      } catch (error) {
        left += 1;
        log('something erased could not be taken off the disk yet; it is tried again', error);
      }
    }
    return left;
  }

  return {
    /** Does all there is to do; answers how much could not be done this time. One at a time. */
    finish(): Promise<number> {
      const done = line.then(run);
      line = done.catch(() => undefined);
      return done;
    },
  };
}
