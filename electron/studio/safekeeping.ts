import type { Library } from './library/library.ts';

export interface SafekeepingParts {
  library: Pick<Library, 'backUp' | 'check' | 'copies'>;
  /** The state of the library or of its copies is another. */
  onChange: () => void;
  log: (what: string, error?: unknown) => void;
}

/** How often a whole copy of the library is made. */
const copyMs = 60 * 60 * 1000;
/** How often the library is looked through: a page that went bad should not wait for the next start to be noticed. */
const checkMs = 15 * 60 * 1000;

/** Keeps the library safe while it is in use: copies every hour, and a look for damage in between. Nothing here rejects. */
export function createSafekeeping({ library, onChange, log }: SafekeepingParts) {
  let timers: NodeJS.Timeout[] = [];

  async function telling(work: () => Promise<string[]>, failed: string): Promise<void> {
    const before = JSON.stringify(library.copies());
    try {
      const faults = await work();
      if (faults.length > 0) log(`the library is damaged: ${faults.join('; ')}`);
    } catch (error) {
      log(failed, error);
    }
    if (JSON.stringify(library.copies()) !== before) onChange();
  }

  const backUp = (): Promise<void> =>
    telling(async () => {
      const made = await library.backUp();
      if (!made.ok && made.why === 'noRoom') log('there is no room for a copy of the library');
      return !made.ok && made.why === 'unsound' ? made.faults : [];
    }, 'the library could not be copied');
  const check = (): Promise<void> => telling(library.check, 'the library could not be looked through');

  return {
    backUp,
    check,
    /** Makes a copy now, and goes on by itself. */
    async start(): Promise<void> {
      await backUp();
      timers = [setInterval(() => void backUp(), copyMs), setInterval(() => void check(), checkMs)];
      for (const timer of timers) timer.unref();
    },
    stop(): void {
      for (const timer of timers) clearInterval(timer);
    },
  };
}
