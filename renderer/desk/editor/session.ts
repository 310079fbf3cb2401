import type { Edit } from '../../../shared/domain/sound.ts';

/** How the library has an edit: what it is, from which revision the next change is made, and what can be taken back. */
export interface StoredEdit {
  edit: Edit;
  revision: number;
  canUndo: boolean;
  canRedo: boolean;
  /** What undo takes back and redo does again, by the labels of the steps. */
  undoes: string | null;
  redoes: string | null;
}

/** A change to be stored. */
export interface Step {
  edit: Edit;
  label: string;
  /** One with the step before it: the same hand is still at it. */
  merge: boolean;
}

/** What the editor asks of the library. A stale call answers with what is stored now; a silent library rejects. */
export interface EditCalls {
  open(): Promise<StoredEdit>;
  save(step: Step, revision: number): Promise<StoredEdit | Stale>;
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
  undoes: string | null;
  redoes: string | null;
  /** Somebody else changed the edit meanwhile; mine is `edit`. */
  theirs: Edit | undefined;
}

/** A step taken back or done again: what is shown now, and what the step was called. */
export interface Stepped {
  edit: Edit;
  label: string | null;
}

/** What was done, in a word; `more` while it may go on, and one name a gesture, so that a long one is one step. */
export interface Change {
  label: string;
  gesture?: string;
  more?: boolean;
}
/** The step that puts mine over somebody else's. */
const mineLabel = 'stepMine';

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
  /** Steps not stored yet, oldest first; a gesture that has not settled into one; and the last gesture that did. */
  const steps: Step[] = [];
  let loose: Change | undefined;
  let settled: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** The last of what was asked of the library, while it is under way. */
  let last: Promise<unknown> | undefined;
  const listeners = new Set<() => void>();
  let state = snapshot();

  function snapshot(): SessionState {
    const pending = loose?.label ?? steps.at(-1)?.label;
    return {
      edit,
      saving,
      canUndo: theirs === undefined && (stored.canUndo || pending !== undefined),
      canRedo: theirs === undefined && stored.canRedo && pending === undefined,
      undoes: pending ?? stored.undoes,
      redoes: pending === undefined ? stored.redoes : null,
      theirs: theirs?.edit,
    };
  }
  function tell(): void {
    state = snapshot();
    for (const listener of listeners) listener();
  }

  function settle(): void {
    clearTimeout(timer);
    if (loose === undefined) return;
    const { label, gesture } = loose;
    loose = undefined;
    if (sameEdit(edit, steps.at(-1)?.edit ?? stored.edit)) return;
    steps.push({ edit, label, merge: gesture !== undefined && gesture === settled });
    settled = gesture;
  }

  /** Takes over what the library answered. With nothing of mine left to save, it is what is shown. */
  function adopt(next: StoredEdit): void {
    stored = next;
    if (steps.length === 0 && loose === undefined) edit = next.edit;
    onStored?.(next);
  }

  /** Asks until the library answers; undefined when it answered with a fault. */
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
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
  }

  async function saveSteps(): Promise<void> {
    while (steps.length > 0 && theirs === undefined) {
      saving = 'saving';
      tell();
      const wanted = steps[0] as Step;
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

  /** One after the other: each is made from the revision the one before it left. */
  function inTurn<Outcome>(act: () => Promise<Outcome>): Promise<Outcome> {
    const turn = last === undefined ? act() : last.then(act);
    const over = turn.then(
      () => undefined,
      () => undefined,
    );
    last = over;
    void over.then(() => {
      if (last === over) last = undefined;
    });
    return turn;
  }

  async function saveAll(): Promise<void> {
    if (steps.length > 0 && theirs === undefined) await saveSteps();
  }

  /** Everything changed so far is stored when this resolves (or told to be stale). */
  async function flush(): Promise<void> {
    settle();
    await inTurn(saveAll);
  }

  /** Pressed again before the answer has come, each press is one step more. */
  function step(direction: 'undo' | 'redo'): Promise<Stepped | undefined> {
    settle();
    return inTurn(async () => {
      await saveAll();
      if (theirs !== undefined || !(direction === 'undo' ? stored.canUndo : stored.canRedo)) return undefined;
      settled = undefined;
      const { edit: known } = stored;
      const label = direction === 'undo' ? stored.undoes : stored.redoes;
      let answer = await ask(() => calls.step(direction, stored.revision));
      if (answer !== undefined && 'stale' in answer && sameEdit(answer.stale.edit, known)) {
        stored = answer.stale;
        answer = await ask(() => calls.step(direction, stored.revision));
      }
      if (answer === undefined) return undefined;
      adopt('stale' in answer ? answer.stale : answer);
      saving = 'saved';
      tell();
      return { edit, label };
    });
  }

  return {
    state: () => state,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Shows an edit at once, and stores it as a step when its gesture is over. */
    change(next: Edit, change: Change): void {
      if (theirs !== undefined) return;
      if (sameEdit(next, edit)) {
        if (change.more !== true && loose !== undefined) void flush();
        return;
      }
      // Another gesture begins: the one before is a step of its own.
      if (loose !== undefined && (loose.label !== change.label || loose.gesture !== change.gesture)) settle();
      edit = next;
      loose = change;
      clearTimeout(timer);
      if (change.more === true) timer = setTimeout(() => void flush(), settleMs);
      tell();
      if (change.more !== true) void flush();
    },
    flush,
    undo: () => step('undo'),
    redo: () => step('redo'),
    /** After a stale save: mine goes over theirs, as a step that can be undone, or theirs is taken. */
    async keepMine(): Promise<void> {
      if (theirs === undefined) return;
      stored = theirs;
      theirs = undefined;
      steps.splice(0, steps.length, { edit, label: mineLabel, merge: false });
      await flush();
    },
    takeTheirs(): void {
      if (theirs === undefined) return;
      steps.length = 0;
      loose = undefined;
      const taken = theirs;
      theirs = undefined;
      adopt(taken);
      tell();
    },
    /** The library tells of a change made elsewhere; with nothing of mine under way it is shown, else the next save asks. */
    refresh(next: StoredEdit): void {
      if (next.revision <= stored.revision || last !== undefined || steps.length > 0 || loose !== undefined) return;
      stored = next;
      edit = next.edit;
      tell();
    },
    revision: () => stored.revision,
    /** Whether everything is stored. */
    isStored: () => steps.length === 0 && loose === undefined && theirs === undefined,
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
