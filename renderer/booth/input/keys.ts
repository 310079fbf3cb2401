import type { Mode } from './mode.ts';
import { type createKeyPresses, typingQuiet } from './press.ts';

export interface KeyOptions {
  page: Window;
  keyPresses: ReturnType<typeof createKeyPresses>;
  signal: AbortSignal;
  bigButtonKeys: () => readonly string[];
  take: () => HTMLElement | null;
  act: (control: HTMLElement) => void;
  /** Shows what a key presses, until it is told of none. */
  mark: (source: string, control: HTMLElement | null) => void;
  mode: () => Mode;
  become: (mode: Mode) => void;
  signOfLife: () => void;
  abort: () => void;
}

const arrows: Record<string, 1 | -1> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** What can be chosen on the layer in front, in reading order. */
function focusable(page: Document): HTMLElement[] {
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

/** Keeps a key from everything that would act on it. */
function swallow(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/**
 * The page's keys: the big button's, those that press what has the focus, those that move it. Each is a press of its own
 * switch and counts once. What is typed into a field is nobody's business here, save its Enter, which goes on.
 */
export function followKeys(options: KeyOptions) {
  const { page, keyPresses, signal, bigButtonKeys, take, act, mark, mode, become, signOfLife, abort } = options;
  const { document } = page;
  /** All keys of the big button are one switch. */
  const sourceOf = (code: string) => (bigButtonKeys().includes(code) ? 'big button' : code);

  function press(source: string, control: HTMLElement | null): void {
    if (control === null) return;
    mark(source, control);
    act(control);
  }

  function moveFocus(step: 1 | -1): void {
    const all = focusable(document);
    const at = all.indexOf(document.activeElement as HTMLElement);
    const next = at === -1 ? (step === 1 ? 0 : all.length - 1) : (at + step + all.length) % all.length;
    all[next]?.focus();
  }

  /** With control, alt or meta: nothing of ours, and nothing that prints, saves, zooms or goes back. */
  function withModifier({ key, altKey }: KeyboardEvent): boolean {
    return ['+', '-', '=', '0', 'p', 's'].includes(key) || (altKey && key in arrows);
  }

  /** Enter and Space: the single button's where nobody has used keys or touch, else the focused control's. */
  function onActing(event: KeyboardEvent, source: string, field: boolean): void {
    if (field && event.key === ' ') return;
    const single = mode() === null || mode() === 'button';
    const focused = event.target instanceof page.window.HTMLButtonElement ? event.target : null;
    if (single || focused !== null) event.preventDefault();
    if (!keyPresses.down(source, event.timeStamp, event.repeat)) {
      swallow(event);
      return;
    }
    signOfLife();
    if (single) {
      become('button');
      press(source, take());
    } else if (focused !== null && !focused.disabled) press(source, focused);
  }

  /** A switch that bounces does not have another one pressed in between: what comes now is meant. */
  function forgetActing(): void {
    for (const code of ['Enter', 'NumpadEnter', 'Space']) keyPresses.forget(code);
  }

  /** Keys that only move: a bounce of theirs is short, and two steps are often meant. */
  function onMoving(event: KeyboardEvent, source: string): void {
    const { key } = event;
    if (!keyPresses.down(source, event.timeStamp, event.repeat, typingQuiet)) {
      swallow(event);
      return;
    }
    forgetActing();
    signOfLife();
    become('keyboard');
    if (key === 'Tab') return;
    event.preventDefault();
    moveFocus(arrows[key] ?? 1);
  }

  /** A letter. Typing without having chosen a field means the first one. */
  function onTyping({ repeat }: KeyboardEvent, field: boolean): void {
    if (field) forgetActing();
    if (repeat && !field) return;
    signOfLife();
    const input = document.querySelector<HTMLInputElement>('[data-screen]:not([inert]) input[data-active]');
    if (field || input === null) return;
    become('keyboard');
    input.focus();
  }

  function onKey(event: KeyboardEvent): void {
    // A dialog of the staff keeps its keys to itself.
    if (document.querySelector('dialog[open]') !== null) return;
    const { code, key, timeStamp, repeat } = event;
    const source = sourceOf(code);
    const field = event.target instanceof page.window.HTMLInputElement;
    if (event.ctrlKey || event.metaKey || event.altKey) {
      if (withModifier(event)) event.preventDefault();
    } else if (source === 'big button') {
      event.preventDefault();
      if (!keyPresses.down(source, timeStamp, repeat)) return;
      signOfLife();
      become('button');
      press(source, take());
    } else if (ownsKey(event.target, code)) {
      if (key === ' ' && !keyPresses.down(source, timeStamp, repeat)) swallow(event);
      else {
        signOfLife();
        become('keyboard');
      }
    } else if (key === 'Escape') {
      event.preventDefault();
      if (!keyPresses.down(source, timeStamp, repeat)) return;
      signOfLife();
      become(mode() ?? 'keyboard');
      abort();
    } else if (key === 'Enter' || key === ' ') onActing(event, source, field);
    else if (key === 'Tab' || (key in arrows && !(field && (key === 'ArrowLeft' || key === 'ArrowRight')))) {
      onMoving(event, source);
    } else if (key.length === 1) onTyping(event, field);
    else signOfLife();
  }

  page.addEventListener('keydown', onKey, { signal, capture: true });
  page.addEventListener(
    'keyup',
    (event) => {
      const source = sourceOf(event.code);
      keyPresses.up(source, event.timeStamp);
      mark(source, null);
      // Some browsers click at the end of a space whatever became of its beginning.
      const acting = event.key === ' ' && event.target instanceof page.window.HTMLButtonElement;
      if (acting && document.querySelector('dialog[open]') === null) event.preventDefault();
    },
    { signal, capture: true },
  );
}
