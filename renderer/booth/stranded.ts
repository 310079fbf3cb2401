import type { Stop } from './ports.ts';

/**
 * Recordings of somebody under 18 that the studio takes only with a host's word, given anew. They lie in the page until
 * a host comes.
 */
export function createStranded() {
  const waiting = new Set<(vouch: string | null) => void>();
  const listeners = new Set<(count: number) => void>();
  const tellAll = () => {
    for (const tell of listeners) tell(waiting.size);
  };
  return {
    /** Settles with a host's word, or null when they want it erased; rejects with the reason of the signal. */
    ask(signal: AbortSignal): Promise<string | null> {
      return new Promise((resolve, reject) => {
        const over = () => {
          waiting.delete(answer);
          signal.removeEventListener('abort', abort);
          tellAll();
        };
        const answer = (vouch: string | null) => {
          over();
          resolve(vouch);
        };
        const abort = () => {
          over();
          reject(signal.reason);
        };
        if (signal.aborted) return reject(signal.reason);
        signal.addEventListener('abort', abort);
        waiting.add(answer);
        tellAll();
      });
    },
    /** Answers all that wait: with this word, or with null to have them erased. */
    settle(vouch: string | null): void {
      for (const answer of [...waiting]) answer(vouch);
    },
    /** Tells how many wait, now and at every change. */
    onWaiting(tell: (count: number) => void): Stop {
      listeners.add(tell);
      tell(waiting.size);
      return () => listeners.delete(tell);
    },
  };
}
