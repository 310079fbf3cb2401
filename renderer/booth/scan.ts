/** Milliseconds each choice stays highlighted. */
export const scanStep = 2000;

/** Choices of the layer in front: everything marked `data-choice`. */
function choices(page: Document): HTMLElement[] {
  return [...page.querySelectorAll<HTMLElement>('[data-choice]:not(:disabled)')].filter(
    (element) => element.closest('[inert]') === null,
  );
}

/**
 * Lets a single button choose: where a screen has one choice, a press takes it; where it has several, a highlight goes
 * round them and a press takes the one it is on. The highlighted element carries `data-scanned` and the focus.
 */
export function createScanner(page: Document = document) {
  let timer: ReturnType<typeof setInterval> | undefined;
  let current: HTMLElement | undefined;

  function highlight(element: HTMLElement | undefined): void {
    current?.removeAttribute('data-scanned');
    current = element;
    element?.setAttribute('data-scanned', '');
    element?.focus({ preventScroll: true });
    element?.scrollIntoView({ block: 'nearest' });
  }

  function step(): void {
    const all = choices(page);
    if (all.length < 2) {
      highlight(undefined);
      return;
    }
    const at = current === undefined ? -1 : all.indexOf(current);
    highlight(all[(at + 1) % all.length]);
  }

  function stop(): void {
    clearInterval(timer);
    timer = undefined;
    highlight(undefined);
  }

  function restart(): void {
    stop();
    step();
    timer = setInterval(step, scanStep);
  }

  return {
    /** Goes round the choices from the first one on; call it again when the screen has changed. */
    restart,
    stop,
    /** What a press takes; null where it only starts the highlight on its way. */
    take(): HTMLElement | null {
      const all = choices(page);
      if (all.length === 1) return all[0] ?? null;
      if (current !== undefined && all.includes(current)) return current;
      restart();
      return null;
    },
  };
}
