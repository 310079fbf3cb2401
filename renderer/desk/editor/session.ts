import type { Edit } from '../../../shared/domain/sound.ts';

/** How the library has an edit: what it is, from which revision the next change is made, and what can be taken back. */
export interface StoredEdit {
  edit: Edit;
  revision: number;
  canUndo: boolean;
  canRedo: boolean;
}

/** What the editor asks of the library. A stale call answers with what is stored now; a silent library rejects. */
export interface EditCalls {
  open(): Promise<StoredEdit>;
  save(edit: Edit, revision: number): Promise<StoredEdit | Stale>;
  step(direction: 'undo' | 'redo', revision: number): Promise<StoredEdit | Stale>;
}
export interface Stale {
  stale: StoredEdit;
}

/** `waiting`: the library does not answer; the change is kept and sent again. */
export type Saving = 'saved' | 'saving' | 'waiting';

export interface SessionState {
  /** What is on the screen: the stored edit and every change since. */
  edit: Edit;
  saving: Saving;
  canUndo: boolean;
  canRedo: boolean;
  /** Somebody else changed the edit meanwhile; mine is `edit`. */
  theirs: Edit | undefined;
}

export interface SessionOptions {
  calls: EditCalls;
  stored: StoredEdit;
  /** The library has a newer revision because of this session. */
  onStored?(stored: StoredEdit): void;
  /** Something that is no stale save and no silence. */
  onFault?(error: unknown): void;
  isSilence(error: unknown): boolean;
  /** A gesture of many small changes becomes one step of the history after this long without another. */
  settleMs?: number;
  retryMs?: number;
}

/**
 * One portrait's edit while it is being worked on: shows every change at once, saves each as a step of its own and in
 * order, and keeps what could not be saved yet.
 */
export function createEditSession(options: SessionOptions) {
  const { calls, onStored, onFault, isSilence, settleMs = 600, retryMs = 2000 } = options;
  let stored = options.stored;
  let edit = stored.edit;
  let saving: Saving = 'saved';
  let theirs: StoredEdit | undefined;
  /** Steps not stored yet, oldest first; and a gesture that has not settled into one. */
  const steps: Edit[] = [];
  let loose = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let closed = false;
  const listeners = new Set<() => void>();
  let state = snapshot();

  function snapshot(): SessionState {
    const pending = steps.length > 0 || loose;
    return {
      edit,
      saving,
      canUndo: theirs === undefined && (stored.canUndo || pending),
      canRedo: theirs === undefined && stored.canRedo && !pending,
      theirs: theirs?.edit,
    };
  }
  function tell(): void {
    state = snapshot();
    for (const listener of listeners) listener();
  }

  function settle(): void {
    clearTimeout(timer);
    if (!loose) return;
    loose = false;
    if (!sameEdit(edit, steps.at(-1) ?? stored.edit)) steps.push(edit);
  }

  /** Takes over what the library answered. With nothing of mine left to save, it is what is shown. */
  function adopt(next: StoredEdit): void {
    stored = next;
    if (steps.length === 0 && !loose) edit = next.edit;
    onStored?.(next);
  }

  /** Asks until the library answers; undefined when the session closed first or it answered with a fault. */
  async function ask<Answer>(call: () => Promise<Answer>): Promise<Answer | undefined> {
    for (;;) {
      try {
        return await call();
      } catch (error) {
        if (!isSilence(error)) {
          onFault?.(error);
          return undefined;
        }
        saving = 'waiting';
        tell();
        if (closed) return undefined;
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
  }

  async function saveAll(): Promise<void> {
    while (steps.length > 0 && theirs === undefined) {
      saving = 'saving';
      tell();
      const wanted = steps[0] as Edit;
      const known = stored.edit;
      let answer = await ask(() => calls.save(wanted, stored.revision));
      // The portrait changed (words, state) but not its edit: nothing is overwritten.
      if (answer !== undefined && 'stale' in answer && sameEdit(answer.stale.edit, known)) {
        stored = answer.stale;
        answer = await ask(() => calls.save(wanted, stored.revision));
      }
      if (answer === undefined) {
        // Refused for good: what is stored is what counts.
        steps.length = 0;
        const now = await ask(calls.open);
        if (now !== undefined) adopt(now);
        break;
      }
      if ('stale' in answer) {
        theirs = answer.stale;
        break;
      }
      steps.shift();
      adopt(answer);
    }
    saving = 'saved';
    tell();
  }

  /** Everything changed so far is stored when this resolves (or told to be stale). */
  async function flush(): Promise<void> {
    settle();
    while (running !== undefined) await running;
    if (steps.length === 0 || theirs !== undefined) return;
    running = saveAll();
    try {
      await running;
    } finally {
      running = undefined;
    }
  }

  async function step(direction: 'undo' | 'redo'): Promise<Edit | undefined> {
    await flush();
    if (theirs !== undefined || !(direction === 'undo' ? stored.canUndo : stored.canRedo)) return undefined;
    const known = stored.edit;
    let answer = await ask(() => calls.step(direction, stored.revision));
    if (answer !== undefined && 'stale' in answer && sameEdit(answer.stale.edit, known)) {
      stored = answer.stale;
      answer = await ask(() => calls.step(direction, stored.revision));
    }
    if (answer === undefined) return undefined;
    adopt('stale' in answer ? answer.stale : answer);
    saving = 'saved';
    tell();
    return edit;
  }

  return {
    state: () => state,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Shows an edit at once. `soon` gathers what follows it closely into one step; `now` makes it one. */
    change(next: Edit, when: 'now' | 'soon' = 'now'): void {
      if (closed || theirs !== undefined || sameEdit(next, edit)) {
        if (when === 'now' && loose) void flush();
        return;
      }
      edit = next;
      loose = true;
      clearTimeout(timer);
      if (when === 'soon') timer = setTimeout(() => void flush(), settleMs);
      tell();
      if (when === 'now') void flush();
    },
    flush,
    undo: () => step('undo'),
    redo: () => step('redo'),
    /** After a stale save: mine goes over theirs, as a step that can be undone, or theirs is taken. */
    async keepMine(): Promise<void> {
      if (theirs === undefined) return;
      stored = theirs;
      theirs = undefined;
      steps.splice(0, steps.length, edit);
      await flush();
    },
    takeTheirs(): void {
      if (theirs === undefined) return;
      steps.length = 0;
      loose = false;
      const taken = theirs;
      theirs = undefined;
      adopt(taken);
      tell();
    },
    /** The library tells of a change made elsewhere; with nothing of mine under way it is shown, else the next save asks. */
    refresh(next: StoredEdit): void {
      if (next.revision <= stored.revision || running !== undefined || steps.length > 0 || loose) return;
      stored = next;
      edit = next.edit;
      tell();
    },
    revision: () => stored.revision,
    /** The last gesture is still stored; nothing is asked for again after that. */
    close(): Promise<void> {
      const last = flush();
      closed = true;
      return last;
    },
  };
}
export type EditSession = ReturnType<typeof createEditSession>;

/** Edits are plain data, written in one order. */
export function sameEdit(one: Edit, other: Edit): boolean {
  return one === other || JSON.stringify(ordered(one)) === JSON.stringify(ordered(other));
}
const ordered = ({ in: start, out, fadeIn, fadeOut, cuts, gainDb, cleanUp, markers }: Edit) => [
  start,
  out,
  fadeIn,
  fadeOut,
  cuts.map((cut) => [cut.start, cut.end]),
  gainDb,
  [cleanUp.highPass, cleanUp.hum, cleanUp.noise],
  markers.map((marker) => [marker.at, marker.word]),
];
