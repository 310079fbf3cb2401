import { insist } from './calls.ts';
import type { PortraitKey } from './ports.ts';

const slot = 'phonomaton.erasures';

/**
 * Portraits whose visitors asked for them to be erased, until the studio has done it: written down, so that the promise
 * outlives a reload. Holds ids and their secrets, nothing of the visitor.
 */
export function createErasures(erase: (portrait: PortraitKey) => Promise<void>, storage: Storage) {
  const running = new Map<string, Promise<void>>();

  function read(): PortraitKey[] {
    try {
      const found: unknown = JSON.parse(storage.getItem(slot) ?? '[]');
      return Array.isArray(found)
        ? found.filter((key) => typeof key?.portraitId === 'string' && typeof key?.token === 'string')
        : [];
    } catch {
      return [];
    }
  }

  function write(portraits: PortraitKey[]): void {
    try {
      storage.setItem(slot, JSON.stringify(portraits));
    } catch {
      // A full or forbidden storage: the erasure still runs for as long as the page is open.
    }
  }

  /** Settles when it is done; the same portrait twice is one erasure. */
  function ask(portrait: PortraitKey): Promise<void> {
    const { portraitId, token } = portrait;
    const already = running.get(portraitId);
    if (already !== undefined) return already;
    write([...read().filter((key) => key.portraitId !== portraitId), { portraitId, token }]);
    const done = insist(() => erase(portrait)).then(() => {
      running.delete(portraitId);
      write(read().filter((key) => key.portraitId !== portraitId));
    });
    running.set(portraitId, done);
    return done;
  }

  return {
    ask,
    /** Goes on with what an earlier page left undone. */
    resume: () => {
      for (const portrait of read()) void ask(portrait);
    },
  };
}
