import type { Topic } from '../../../shared/contract/health.ts';
import type { Api } from '../../api.ts';
import { codeOf } from '../problems.ts';

/** First part of the query keys that a topic makes stale. */
export function staleKeys(changed: readonly Topic[]): string[] {
  const keys = new Set<string>(changed);
  // A delivery that ends changes its portrait's state and addresses.
  if (keys.has('deliveries')) keys.add('portraits');
  // What blocks a batch is its portraits' doing.
  if (keys.has('portraits')) keys.add('batches');
  if (keys.has('destinations')) keys.add('deliveries');
  return [...keys];
}

export interface Following {
  onChange(keys: string[]): void;
  onReachable(reachable: boolean): void;
  /** The session is over. */
  onEnded?(): void;
  signal: AbortSignal;
  /** Milliseconds before the next try when the studio does not answer. */
  retryMs?: number;
}

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });

/** Follows the studio by long poll until the signal aborts or the session is over. */
export async function follow(events: Pick<Api['events'], 'next'>, options: Following): Promise<void> {
  const { onChange, onReachable, onEnded, signal, retryMs = 2000 } = options;
  let after = 0;
  while (!signal.aborted) {
    try {
      const { seq, topics: changed } = await events.next({ after, waitMs: 20_000 }, { signal });
      onReachable(true);
      if (changed.length > 0) onChange(staleKeys(changed));
      after = seq;
    } catch (error) {
      if (signal.aborted) return;
      if (codeOf(error) === 'NOT_ALLOWED') return onEnded?.();
      onReachable(false);
      await pause(retryMs, signal);
    }
  }
}
