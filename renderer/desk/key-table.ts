import type { Action } from './keys.ts';

/** Who answers which action now. */
export function createKeyTable() {
  const entries: { action: Action; run: () => void; rank: number }[] = [];
  return {
    /** Answers the action until the returned function is called. */
    add(action: Action, run: () => void, rank: number): () => void {
      const entry = { action, run, rank };
      entries.push(entry);
      return () => {
        entries.splice(entries.indexOf(entry), 1);
      };
    },
    /** Runs the answer of the highest rank, the newest among equals; false when nobody answers. */
    run(action: Action): boolean {
      let best: (typeof entries)[number] | undefined;
      for (const entry of entries) {
        if (entry.action === action && (best === undefined || entry.rank >= best.rank)) best = entry;
      }
      best?.run();
      return best !== undefined;
    },
  };
}
export type KeyTable = ReturnType<typeof createKeyTable>;
