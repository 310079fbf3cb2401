/** What the trail needs of a window. */
export interface TrailWindow {
  history: Pick<History, 'state' | 'pushState' | 'replaceState' | 'go'>;
  location: { readonly hash: string };
  addEventListener(type: 'popstate' | 'pointerdown' | 'keydown', listener: (event: { state?: unknown }) => void): void;
}

export interface TrailParts {
  /** Closes the dialog in front, if there is one, and says whether it did. */
  closeDialog(): boolean;
  /** Whether the desk is open: a locked one may be left without a word. */
  guarded(): boolean;
  /** Back would leave the desk: says so. A second one within `againMs` leaves. */
  warn(): void;
  now?: () => number;
  againMs?: number;
}

/** Each entry of the desk knows its place; the floor lies below the first, and is never looked at. */
interface Entry {
  at: number;
  floor?: true;
}
const entryOf = (state: unknown): Entry | undefined =>
  typeof state === 'object' && state !== null && typeof (state as Entry).at === 'number' ? (state as Entry) : undefined;

/**
 * Where one has been on the desk. Back closes what is open in front before it goes anywhere, and never leaves the desk
 * unasked: below the first place lies an entry of our own that Back falls on.
 */
export function createTrail(page: TrailWindow, parts: TrailParts) {
  const { closeDialog, guarded, warn, now = () => performance.now(), againMs = 5000 } = parts;
  const { history, location } = page;
  const listeners = new Set<() => void>();
  let hash = location.hash;
  let current = entryOf(history.state)?.at ?? 1;
  let armed = entryOf(history.state) !== undefined;
  /** A step of our own whose arrival is not another act. */
  let returning = false;
  let warned = Number.NEGATIVE_INFINITY;

  function show(): void {
    if (hash === location.hash) return;
    hash = location.hash;
    // Whoever has gone somewhere since is asked again.
    warned = Number.NEGATIVE_INFINITY;
    for (const listener of listeners) listener();
  }
  // Browsers pass over entries that a page laid without a touch or a key.
  function arm(): void {
    if (armed) return;
    armed = true;
    history.replaceState({ at: 0, floor: true } satisfies Entry, '');
    history.pushState({ at: current } satisfies Entry, '', location.hash);
  }
  function back(by: number): void {
    returning = true;
    history.go(by);
  }

  page.addEventListener('pointerdown', arm);
  page.addEventListener('keydown', arm);
  page.addEventListener('popstate', (event) => {
    if (returning) {
      returning = false;
      show();
      return;
    }
    const entry = entryOf(event.state);
    if (entry === undefined) {
      // A link of the desk was followed.
      current += 1;
      history.replaceState({ at: current } satisfies Entry, '', location.hash);
      show();
      return;
    }
    if (closeDialog()) {
      back(current - entry.at);
      return;
    }
    if (entry.floor !== true) {
      current = entry.at;
      show();
      return;
    }
    if (!guarded() || now() - warned < againMs) {
      history.go(-1);
      return;
    }
    warned = now();
    back(current - entry.at);
    warn();
  });

  return {
    hash: () => hash,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    go(target: string, replace = false): void {
      if (replace) history.replaceState({ at: current } satisfies Entry, '', target);
      else if (target !== location.hash) {
        current += 1;
        history.pushState({ at: current } satisfies Entry, '', target);
      }
      show();
    },
  };
}
export type Trail = ReturnType<typeof createTrail>;
