import type { AttemptStore, Attempts, WayIn } from './ports.ts';

/** Wrong guesses in a row before a wait begins. */
const freeGuesses = 3;
/** The longest wait, in seconds. */
export const longestWait = 15 * 60;
/**
 * Wrong guesses of the long account before every further one waits the longest. A right PIN does not clear it, or who
 * has one could sign in between guesses at another's; a quarter of an hour gives one back.
 */
export const account = 30;
/** Wrong guesses in a row after which the network is closed: strangers may stand there, the booth stands in sight. */
export const networkLimit = 20;

/** Seconds to wait after the nth wrong guess in a row: 0, 0, 0, 2, 4, 8 … up to a quarter of an hour. */
export function waitAfter(failures: number): number {
  return failures <= freeGuesses ? 0 : Math.min(longestWait, 2 ** (failures - freeGuesses));
}

const none = { failures: 0, spent: 0, waitMs: 0, locked: false };

/**
 * Counts wrong PINs, for each way in by itself: whoever guesses on the network locks the network, never the booth.
 * All of it is in the library, so a restart forgives nothing. Only time that passes counts: what is left of a wait is
 * kept, not its end, so a clock set back neither ends a wait nor makes it longer than it was.
 */
export function createGuard(store: AttemptStore, now: () => Date) {
  function current(way: WayIn): Attempts {
    const at = now();
    const kept = store.attempts(way);
    if (kept === undefined) return { ...none, countedAt: at.toISOString() };
    const passed = at.getTime() - Date.parse(kept.countedAt);
    const counted = Math.max(0, passed);
    const attempts = {
      ...kept,
      waitMs: Math.max(0, kept.waitMs - counted),
      spent: Math.max(0, kept.spent - counted / (longestWait * 1000)),
      countedAt: at.toISOString(),
    };
    if (passed < 0) store.saveAttempts(way, attempts);
    return attempts;
  }

  return {
    /** Seconds until the next guess is heard; `locked` when none is until somebody opens the way again. */
    left(way: WayIn): number | 'locked' {
      const { locked, waitMs } = current(way);
      return locked ? 'locked' : Math.ceil(waitMs / 1000);
    },
    /** Counts a wrong guess; answers the seconds to wait and whether it was the one that closed the way. */
    failed(way: WayIn): { waitSeconds: number; failures: number; locked: boolean } {
      const before = current(way);
      const failures = before.failures + 1;
      const spent = before.spent + 1;
      const waitSeconds = spent > account ? longestWait : waitAfter(failures);
      const locked = way === 'network' && (failures >= networkLimit || spent > account);
      store.saveAttempts(way, { ...before, failures, spent, waitMs: waitSeconds * 1000, locked });
      return { waitSeconds, failures, locked };
    },
    /** A right PIN was given: the next slip of a finger is free again. */
    passed(way: WayIn): void {
      const before = current(way);
      if (before.failures > 0) store.saveAttempts(way, { ...before, failures: 0 });
    },
    /** Opens a way that was closed. */
    open(way: WayIn): void {
      store.saveAttempts(way, { ...none, countedAt: now().toISOString() });
    },
  };
}
export type Guard = ReturnType<typeof createGuard>;
