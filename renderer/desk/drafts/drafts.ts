import { useSyncExternalStore } from 'react';
import type { StoredDraft } from '../../../shared/contract/drafts.ts';
import { createKeeper, type KeeperCalls, type Kept } from './keeper.ts';
import { readAgain } from './kinds.ts';

/** A draft of another time or another desk that nobody has looked at yet. */
export interface Found {
  /** When it was last written on, ISO 8601. */
  at: string;
}

/** What one member is writing on this page. */
interface Member extends Kept {
  id: string;
  found: Map<string, Found>;
  /** Older drafts of something another one is there for, and drafts this page cannot read. */
  others: StoredDraft[];
}

const fresh = (id: string): Member => ({
  id,
  held: new Map(),
  found: new Map(),
  others: [],
  rows: new Map(),
  own: new Map(),
  pending: new Set(),
  stuck: new Set(),
});

export interface DraftsParts {
  calls: KeeperCalls;
  /** What a call's failure means. */
  failure(error: unknown): 'silence' | 'over' | 'gone' | 'fault';
  /** What was written about somebody who took everything back is let go. */
  onGone?(name: string): void;
  retryMs?: number;
  gapMs?: number;
}

/**
 * What hosts are writing, by name, until it is saved or dropped. It belongs to the member who is signed in: the studio keeps
 * it as they type, and another member's sign-in shows none of it.
 */
export function createDrafts(parts: DraftsParts) {
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  /** Before anybody has signed in nothing is kept. */
  let current = fresh('');
  /** What other members of this page could not hand to the studio yet; shown to nobody but them. */
  const parked = new Map<string, Member>();
  let ready = false;
  let turn = 0;
  const keeper = createKeeper({
    ...parts,
    onGone(name) {
      current.held.delete(name);
      current.found.delete(name);
      parts.onGone?.(name);
    },
    tell,
  });

  function park(leaving: Member): void {
    const names = keeper.unsettled(leaving);
    // The same object: a call under way that fails puts its name back there.
    // Everything else comes from the studio again, like another page's.
    for (const kept of [leaving.held, leaving.rows, leaving.own]) {
      for (const name of [...kept.keys()]) if (!names.includes(name)) kept.delete(name);
    }
    leaving.found.clear();
    leaving.others = [];
    if (leaving.id !== '' && names.length > 0) parked.set(leaving.id, leaving);
  }

  /** Takes in what the studio holds of this member; what is being written on this page stays as it is. */
  function adopt(rows: readonly StoredDraft[]): void {
    const mine = new Set([...current.own.values(), ...[...current.rows.values()].flat()]);
    current.others = [];
    for (const row of rows.toReversed()) {
      if (mine.has(row.id)) continue;
      const value = current.held.has(row.name) ? undefined : readAgain(row.name, row.value);
      if (value === undefined) {
        current.others.push(row);
        continue;
      }
      current.held.set(row.name, value);
      current.found.set(row.name, { at: row.changedAt });
      current.rows.set(row.name, [row.id]);
    }
  }

  return {
    get: (name: string) => current.held.get(name),
    set(name: string, value: unknown): void {
      current.held.set(name, value);
      current.found.delete(name);
      keeper.changed(name);
      tell();
    },
    drop(name: string): void {
      current.found.delete(name);
      if (!current.held.delete(name)) return;
      keeper.changed(name);
      tell();
    },
    /** Whether a draft is one that was found, and nobody has decided about it. */
    found: (name: string): Found | undefined => current.found.get(name),
    /** It is what is being written: it is no longer marked as found. */
    keep(name: string): void {
      if (current.found.delete(name)) tell();
    },
    /** Names of everything that is being written. */
    names: (): string[] => [...current.held.keys()],
    others: (): readonly StoredDraft[] => current.others,
    dropOther(id: string): void {
      current.others = current.others.filter((one) => one.id !== id);
      keeper.forget([id]);
      tell();
    },
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Whose they are; empty while nobody has signed in, or until what the studio holds of them is here. */
    member: (): string => (ready ? current.id : ''),
    /** Whether somebody else signs in than the one whose drafts are here. */
    isOther: (memberId: string): boolean => current.id !== '' && current.id !== memberId,

    /** A member signed in. What another one wrote leaves the page at once; their own comes from the studio. */
    async begin(memberId: string): Promise<void> {
      const mine = ++turn;
      if (current.id !== memberId) {
        park(current);
        current = parked.get(memberId) ?? fresh(memberId);
        parked.delete(memberId);
        ready = false;
        keeper.use(current);
        tell();
      }
      const rows = await keeper.list(() => turn === mine);
      if (turn !== mine) return;
      if (rows !== undefined) adopt(rows);
      ready = true;
      keeper.go();
      tell();
    },
    /** The session is over: nothing is sent until somebody signs in. */
    pause(): void {
      turn += 1;
      keeper.pause();
    },
    /** Everything written so far is with the studio, or cannot be: false after `limitMs`, or when the studio is silent. */
    flush: keeper.flush,
    /** The page is going: what waits is sent in a way that outlives it. */
    leave: keeper.leave,
    /** Whether something written is in this page alone, and will not leave it by itself. */
    atRisk: keeper.atRisk,
  };
}
export type Drafts = ReturnType<typeof createDrafts>;

/** One draft and how to change it. A name always holds the same shape; `undefined` means nothing is being written. */
export function useDraft<Value>(drafts: Drafts, name: string) {
  const value = useSyncExternalStore(drafts.subscribe, () => drafts.get(name)) as Value | undefined;
  return [value, (next: Value) => drafts.set(name, next), () => drafts.drop(name)] as const;
}
