import { useSyncExternalStore } from 'react';

/** What hosts are writing, by name, until it is saved or dropped; in memory only. */
export function createDrafts() {
  const held = new Map<string, unknown>();
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  return {
    get: (name: string) => held.get(name),
    set(name: string, value: unknown): void {
      held.set(name, value);
      tell();
    },
    drop(name: string): void {
      if (held.delete(name)) tell();
    },
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
export type Drafts = ReturnType<typeof createDrafts>;

/** One draft and how to change it. A name always holds the same shape; `undefined` means nothing is being written. */
export function useDraft<Value>(drafts: Drafts, name: string) {
  const value = useSyncExternalStore(drafts.subscribe, () => drafts.get(name)) as Value | undefined;
  return [value, (next: Value) => drafts.set(name, next), () => drafts.drop(name)] as const;
}
