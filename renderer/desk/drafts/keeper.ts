import type { StoredDraft } from '../../../shared/contract/drafts.ts';
import { longestDraft } from '../../../shared/domain/draft.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { kindOf, writtenDown } from './kinds.ts';

export interface SaveDraft {
  id: string;
  name: string;
  subjects: string[];
  value: string;
  turn: number;
  replaces: string[];
}
/** What is asked of the studio. With `leaving` the call is to outlive the page. */
export interface KeeperCalls {
  list(): Promise<StoredDraft[]>;
  save(draft: SaveDraft, leaving: boolean): Promise<unknown>;
  drop(ids: string[], leaving: boolean): Promise<unknown>;
}

/** The drafts of one member, and how they stand with the studio. */
export interface Kept {
  held: Map<string, unknown>;
  /** Rows of the studio that a name goes on from, its own included. */
  rows: Map<string, string[]>;
  /** The row this page writes a name to: a page never writes over another page's. */
  own: Map<string, string>;
  /** Names the studio has not heard of yet. */
  pending: Set<string>;
  /** Names the studio will not take. */
  stuck: Set<string>;
}

export interface KeeperParts {
  calls: KeeperCalls;
  failure(error: unknown): 'silence' | 'over' | 'gone' | 'fault';
  onGone(name: string): void;
  tell(): void;
  /** Milliseconds until the next try when the studio is silent. */
  retryMs?: number;
  /**
   * Milliseconds between two writes. The first goes at once; a letter is at most this old when it leaves the page. A desk on
   * the network may ask 25 times a second on the long run.
   */
  gapMs?: number;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Hands drafts to the studio as they are written: one after the other, of each name the newest. */
export function createKeeper({ calls, failure, onGone, tell, retryMs = 1000, gapMs = 60 }: KeeperParts) {
  let kept: Kept | undefined;
  let signedIn = false;
  let running = false;
  let silent = false;
  let sending: string | undefined;
  let turns = 0;
  let last = Number.NEGATIVE_INFINITY;

  async function send(of: Kept, name: string, leaving: boolean): Promise<void> {
    const before = of.rows.get(name) ?? [];
    if (!of.held.has(name)) {
      if (before.length > 0) await calls.drop(before, leaving);
      of.rows.delete(name);
      of.own.delete(name);
      return;
    }
    const written = writtenDown(name, of.held.get(name));
    if (written === undefined) return;
    if (written.value.length > longestDraft) {
      of.stuck.add(name);
      return;
    }
    const id = of.own.get(name) ?? newId();
    of.own.set(name, id);
    // Named before the answer: a call whose answer is lost may have been heard.
    of.rows.set(name, [...before.filter((one) => one !== id), id]);
    const replaces = before.filter((one) => one !== id);
    await calls.save({ id, name, ...written, turn: ++turns, replaces }, leaving);
    of.rows.set(name, [id]);
    of.stuck.delete(name);
  }

  /** Says whether the next one may be sent at once. */
  async function failed(of: Kept, name: string, error: unknown): Promise<boolean> {
    const why = failure(error);
    if (why === 'gone') {
      of.rows.delete(name);
      of.own.delete(name);
      if (of === kept) onGone(name);
      return true;
    }
    if (why === 'fault') {
      of.stuck.add(name);
      return true;
    }
    of.pending.add(name);
    if (why === 'over') return false;
    silent = true;
    tell();
    await pause(retryMs);
    return true;
  }

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    try {
      while (signedIn && kept !== undefined && kept.pending.size > 0) {
        const wait = last + gapMs - performance.now();
        if (wait > 0) {
          await pause(wait);
          continue;
        }
        last = performance.now();
        const of: Kept = kept;
        const [name = ''] = of.pending;
        of.pending.delete(name);
        sending = name;
        try {
          await send(of, name, false);
          silent = false;
        } catch (error) {
          if (!(await failed(of, name, error))) return;
        } finally {
          sending = undefined;
        }
      }
    } finally {
      running = false;
      tell();
    }
  }

  /** Names of which the studio may not have the newest. */
  const unsettled = (of: Kept): string[] => [
    ...of.pending,
    ...of.stuck,
    ...(of === kept && sending !== undefined ? [sending] : []),
  ];
  const settled = () => kept === undefined || (kept.pending.size === 0 && sending === undefined);

  return {
    unsettled,
    use(next: Kept): void {
      kept = next;
      signedIn = false;
    },
    go(): void {
      signedIn = true;
      void run();
    },
    pause(): void {
      signedIn = false;
    },
    changed(name: string): void {
      if (kept === undefined || kindOf(name) === undefined) return;
      kept.pending.add(name);
      void run();
    },
    /** What the studio holds; undefined when it will not say. Asks while the studio is silent and `wanted`. */
    async list(wanted: () => boolean): Promise<StoredDraft[] | undefined> {
      for (;;) {
        try {
          return await calls.list();
        } catch (error) {
          if (failure(error) !== 'silence' || !wanted()) return undefined;
          await pause(retryMs);
        }
      }
    },
    forget(ids: string[]): void {
      void calls.drop(ids, false).catch(() => undefined);
    },
    async flush(limitMs: number): Promise<boolean> {
      const end = performance.now() + limitMs;
      while (!settled() && signedIn && !silent && performance.now() < end) await pause(5);
      return settled() && kept?.stuck.size !== undefined && kept.stuck.size === 0;
    },
    leave(): void {
      if (kept === undefined || !signedIn) return;
      for (const name of kept.pending) void send(kept, name, true).catch(() => undefined);
    },
    atRisk: (): boolean => kept !== undefined && (kept.stuck.size > 0 || (silent && !settled())),
  };
}
