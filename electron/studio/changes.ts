import { type Topic, topics } from '../../shared/contract/health.ts';

/** How many changes are remembered; a page further behind is told everything. */
const remembered = 500;

/**
 * The one place that knows that something has changed. Numbers start from the clock, so that a page that lived through a
 * restart of the studio is behind and is told everything.
 */
export function createChanges(start: number, onNote: () => void = () => undefined) {
  const log: { seq: number; topic: Topic }[] = [];
  const first = start;
  let seq = start;
  const waiting = new Set<() => void>();

  function since(after: number): Topic[] {
    const oldest = log[0]?.seq ?? seq + 1;
    if (after < first || after > seq || after < oldest - 1) return [...topics];
    return [...new Set(log.filter((change) => change.seq > after).map((change) => change.topic))];
  }

  return {
    note(topic: Topic): void {
      seq += 1;
      log.push({ seq, topic });
      if (log.length > remembered) log.shift();
      for (const wake of [...waiting]) wake();
      onNote();
    },
    /** Answers when something is newer than `after`, when `waitMs` have passed, or when `signal` aborts. */
    async next(after: number, waitMs: number, signal?: AbortSignal): Promise<{ seq: number; topics: Topic[] }> {
      if (after === seq && waitMs > 0) {
        await new Promise<void>((resolve) => {
          const done = () => {
            clearTimeout(timer);
            waiting.delete(done);
            signal?.removeEventListener('abort', done);
            resolve();
          };
          const timer = setTimeout(done, waitMs);
          waiting.add(done);
          signal?.addEventListener('abort', done);
        });
      }
      return { seq, topics: since(after) };
    },
    /** Lets every waiting page go, so that the studio can close. */
    close(): void {
      for (const wake of [...waiting]) wake();
    },
  };
}
export type Changes = ReturnType<typeof createChanges>;
