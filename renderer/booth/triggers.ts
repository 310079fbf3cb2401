import type { BoothEvent } from './chart/visit.ts';
import { followFingers } from './input/fingers.ts';
import { followKeys } from './input/keys.ts';
import type { Mode } from './input/mode.ts';
import { createKeyPresses, createPresses } from './input/press.ts';

export interface TriggerOptions {
  /** Keyboard codes of the big button or pedal; all mean the same press. */
  bigButtonKeys: () => readonly string[];
  send: (event: BoothEvent) => void;
  /** What the single button takes: the screen's main action, or the choice that is highlighted. */
  take: () => HTMLElement | null;
  onMode: (mode: Mode) => void;
  page?: Window;
}

/**
 * One named action, many triggers: touch, keys and the big button all end in the same press, which `input/press.ts`
 * decides about. Everything a browser would do by itself at a public stand (menus, zoom, dragging, going back) is kept
 * from happening.
 */
export function createTriggers({ bigButtonKeys, send, take, onMode, page = window }: TriggerOptions) {
  const stop = new AbortController();
  const { signal } = stop;
  const presses = createPresses<HTMLElement>();
  const keyPresses = createKeyPresses();
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

  const fingers = followFingers({
    page,
    presses,
    signal,
    // Not at the first contact: what lies under the finger must not change before the press is done.
    onUp: () => {
      become('touch');
      signOfLife();
    },
  });
  followKeys({
    page,
    keyPresses,
    signal,
    bigButtonKeys,
    take,
    act: fingers.act,
    mark: fingers.markKey,
    mode: () => mode,
    become,
    signOfLife,
    abort: () => send({ type: 'ABORT' }),
  });

  const listen = (name: string, listener: (event: Event) => void, passive = false) =>
    page.addEventListener(name, listener, { signal, capture: true, passive });
  const refuse = (event: Event) => event.preventDefault();
  listen('pointermove', signOfLife, true);
  for (const name of ['contextmenu', 'dragstart', 'drop', 'dragover', 'gesturestart', 'auxclick']) listen(name, refuse);
  listen('wheel', (event) => {
    if ((event as WheelEvent).ctrlKey) event.preventDefault();
  });
  listen('touchmove', (event) => {
    if ((event as TouchEvent).touches.length > 1) event.preventDefault();
  });

  return {
    /** Another screen, or another question over it, stands since then (page clock, ms). */
    scene(at: number): void {
      presses.scene(at);
      keyPresses.scene(at);
    },
    /** A new visitor: nobody knows yet how they will work the booth. */
    reset: () => become(null),
    close: () => stop.abort(),
  };
}
