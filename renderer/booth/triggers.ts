import type { BoothEvent } from './chart/visit.ts';

/** How the visitor works the booth; `null` until they have touched anything. */
export type Mode = 'touch' | 'keyboard' | 'button' | null;

export interface TriggerOptions {
  /** Keyboard codes of the big button or pedal; all mean `press`. */
  bigButtonKeys: () => readonly string[];
  send: (event: BoothEvent) => void;
  /** The one named action of the single button: the screen's main action, or the choice that is highlighted. */
  press: () => void;
  onMode: (mode: Mode) => void;
  page?: Window;
}

const arrows: Record<string, 1 | -1> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** What can be chosen on the layer in front, in reading order. */
export function focusable(page: Document): HTMLElement[] {
  const found = page.querySelectorAll<HTMLElement>(
    'button:not(:disabled):not([tabindex="-1"]), input, [data-own-keys]',
  );
  return [...found].filter((element) => element.closest('[inert]') === null);
}

/** Whether the element with the focus does something of its own with a key: a text that scrolls, a pen. */
function ownsKey(target: EventTarget | null, code: string): boolean {
  if (!(target instanceof Element)) return false;
  const owner = target.closest<HTMLElement>('[data-own-keys]');
  return owner?.dataset.ownKeys?.split(' ').includes(code) ?? false;
}

/**
 * One named action, many triggers: touch, keys and the big button all end in the same events. Everything a browser
 * would do by itself at a public stand (menus, zoom, dragging, going back) is kept from happening.
 */
export function createTriggers({ bigButtonKeys, send, press, onMode, page = window }: TriggerOptions) {
  const { document } = page;
  const stop = new AbortController();
  const { signal } = stop;
  let mode: Mode = null;
  let lastSign = 0;

  function become(next: Mode): void {
    if (mode === next) return;
    mode = next;
    onMode(next);
  }

  function signOfLife(): void {
    const now = page.performance.now();
    if (now - lastSign < 500) return;
    lastSign = now;
    send({ type: 'ACTIVITY' });
  }

  function moveFocus(step: 1 | -1): void {
    const all = focusable(document);
    const at = all.indexOf(document.activeElement as HTMLElement);
    const next = at === -1 ? (step === 1 ? 0 : all.length - 1) : (at + step + all.length) % all.length;
    all[next]?.focus();
  }

  function onKey(event: KeyboardEvent): void {
    // A dialog of the staff keeps its keys to itself.
    if (document.querySelector('dialog[open]') !== null) return;
    const { code, key } = event;
    const field = event.target instanceof page.window.HTMLInputElement;
    if (event.ctrlKey || event.metaKey || event.altKey) {
      const zooming = ['+', '-', '=', '0'].includes(key);
      if (zooming || (event.altKey && key in arrows) || key === 'p' || key === 's') event.preventDefault();
      return;
    }
    if (bigButtonKeys().includes(code)) {
      event.preventDefault();
      if (event.repeat) return;
      signOfLife();
      become('button');
      press();
      return;
    }
    if (event.repeat && !field && !ownsKey(event.target, code)) {
      event.preventDefault();
      return;
    }
    signOfLife();
    if (ownsKey(event.target, code)) {
      become('keyboard');
      return;
    }
    if (key === 'Escape') {
      event.preventDefault();
      become(mode ?? 'keyboard');
      send({ type: 'ABORT' });
    } else if (key === 'Enter' || key === ' ') {
      if (mode === null || mode === 'button') {
        event.preventDefault();
        become('button');
        press();
      }
    } else if (key === 'Tab') {
      become('keyboard');
    } else if (key in arrows && !(field && (key === 'ArrowLeft' || key === 'ArrowRight'))) {
      event.preventDefault();
      become('keyboard');
      moveFocus(arrows[key] ?? 1);
    } else if (key.length === 1 && !field) {
      // Typing without having chosen a field means the first one.
      const input = document.querySelector<HTMLInputElement>('[data-screen]:not([inert]) input[data-active]');
      if (input === null) return;
      become('keyboard');
      input.focus();
    }
  }

  const listen = (name: string, listener: (event: Event) => void, passive = false) =>
    page.addEventListener(name, listener, { signal, capture: true, passive });
  const refuse = (event: Event) => event.preventDefault();

  listen('keydown', (event) => onKey(event as KeyboardEvent));
  listen('pointerdown', () => become('touch'));
  // Not at the first contact: what lies under the finger must not change before the tap is done.
  listen('click', signOfLife, true);
  listen('pointermove', signOfLife, true);
  for (const name of ['contextmenu', 'dragstart', 'drop', 'dragover', 'gesturestart', 'auxclick']) listen(name, refuse);
  listen('wheel', (event) => {
    if ((event as WheelEvent).ctrlKey) event.preventDefault();
  });
  listen('touchmove', (event) => {
    if ((event as TouchEvent).touches.length > 1) event.preventDefault();
  });

  return {
    /** A new visitor: nobody knows yet how they will work the booth. */
    reset: () => become(null),
    close: () => stop.abort(),
  };
}
