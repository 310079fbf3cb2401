import type { createPresses, Kind } from './press.ts';

export interface FingerOptions {
  page: Window;
  presses: ReturnType<typeof createPresses<HTMLElement>>;
  /** A finger, a mouse or a pen was lifted, after what it did. */
  onUp: () => void;
  signal: AbortSignal;
}

/** What can be pressed. A field is pressed to be written in. */
const pressable = 'button, input';

function controlOf(target: EventTarget | null): HTMLElement | null {
  if (!(target instanceof Element)) return null;
  const label = target.closest('label')?.control;
  const control = label ?? target.closest<HTMLElement>(pressable);
  return control === null || control.matches(':disabled') ? null : control;
}

const isField = (control: HTMLElement) => control instanceof HTMLInputElement;
const kindOf = (control: HTMLElement | null): Kind =>
  control !== null && (isField(control) || control.closest('[data-typing]') !== null) ? 'type' : 'act';

function within({ left, right, top, bottom }: DOMRect, x: number, y: number): boolean {
  // A pixel for what is rounded.
  return x >= left - 1 && x <= right + 1 && y >= top - 1 && y <= bottom + 1;
}

/** A click the browser made of a finger or a mouse; a key's and a screen reader's have no pointer. */
function ofPointer({ isTrusted, pointerType, detail }: PointerEvent | (MouseEvent & { pointerType?: never })): boolean {
  return isTrusted && (pointerType === undefined ? detail > 0 : pointerType !== '');
}

/** Nothing lies over it that keeps everything else from being used. */
function reachable(control: HTMLElement): boolean {
  const modal = control.ownerDocument.querySelector('dialog[open]');
  return !control.matches(':disabled') && control.closest('[inert]') === null && (modal?.contains(control) ?? true);
}

/** What a finger came down on, and where that stood. */
interface Finger {
  control: HTMLElement;
  kind: Kind;
  /** The control, or its label. */
  area: Element;
  box: DOMRect;
}

/**
 * The page's fingers, mice and pens, told to the presses, and what counts is clicked. The browser's own click is not
 * waited for: it comes of the first finger alone, and not when that finger rolls by more than a few pixels. Screens go on
 * listening to `click`, so that screen readers and keys need nothing else.
 *
 * Touches are followed twice, as pointers and as touches: where a panel scrolls the pointers end, and a touch screen that
 * was plugged in late has pointers only. Both are one press by time and place.
 */
export function followFingers({ page, presses, onUp, signal }: FingerOptions) {
  const { document } = page;
  const fingers = new Map<string, Finger>();
  const marked = new Map<string, HTMLElement[]>();
  let clicking = false;

  /** Shows what is pressed, at once and not by the next drawing of the page. */
  function mark(by: string, controls: HTMLElement[]): void {
    const before = new Set([...marked.values()].flat());
    marked.set(by, controls);
    const now = new Set([...marked.values()].flat());
    for (const one of before) if (!now.has(one)) one.removeAttribute('data-pressed');
    for (const one of now) one.setAttribute('data-pressed', '');
  }

  /** Does what a control does. */
  function act(control: HTMLElement): void {
    if (isField(control)) {
      if (document.activeElement !== control) control.focus();
      return;
    }
    clicking = true;
    try {
      control.click();
    } finally {
      clicking = false;
    }
  }

  /** The keyboard on the screen draws its keys again as letters are typed: the same key in the same place is the same. */
  function standing({ control, kind, box }: Finger): HTMLElement | undefined {
    if (control.isConnected) return reachable(control) ? control : undefined;
    if (kind !== 'type') return undefined;
    const there = controlOf(document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2));
    return there?.textContent?.toLowerCase() === control.textContent?.toLowerCase() ? (there ?? undefined) : undefined;
  }

  function inside(id: string, x: number, y: number): boolean {
    const finger = fingers.get(id);
    if (finger === undefined) return false;
    const { area, box } = finger;
    return within(box, x, y) || (area.isConnected && within(area.getBoundingClientRect(), x, y));
  }

  function down(id: string, target: EventTarget | null, at: number, x: number, y: number): void {
    const control = controlOf(target);
    const kind = kindOf(control);
    fingers.delete(id);
    if (control !== null) {
      const area = (target as Element).closest('label') ?? control;
      fingers.set(id, { control, kind, area, box: area.getBoundingClientRect() });
    }
    presses.down(id, { at, control, kind, x, y });
    mark('fingers', presses.pressed());
  }

  function moved(id: string, x: number, y: number): void {
    if (!fingers.has(id)) return;
    presses.moved(id, inside(id, x, y));
    mark('fingers', presses.pressed());
  }

  function up(id: string, at: number, x: number, y: number): void {
    const counted = presses.up(id, { at, x, y, inside: inside(id, x, y) });
    mark('fingers', presses.pressed());
    const due = counted.flatMap((control) => [...fingers.values()].find((one) => one.control === control) ?? []);
    fingers.delete(id);
    void actOn(due);
  }

  /** One after the other: what a letter changes is on the page, at the end of its microtask, before the next is added. */
  async function actOn(due: readonly Finger[]): Promise<void> {
    for (const finger of due) {
      const there = standing(finger);
      if (there !== undefined) act(there);
      await Promise.resolve();
    }
  }

  function lost(id: string, at: number): void {
    presses.lost(id, at);
    fingers.delete(id);
    mark('fingers', presses.pressed());
  }

  const listen = <Name extends keyof WindowEventMap>(
    name: Name,
    listener: (event: WindowEventMap[Name]) => void,
    passive = true,
  ) => page.addEventListener(name, listener, { signal, capture: true, passive });

  const pointer = ({ pointerId }: PointerEvent) => `pointer ${pointerId}`;
  listen('pointerdown', (event) => {
    if (event.button !== 0) return;
    down(pointer(event), event.target, event.timeStamp, event.clientX, event.clientY);
  });
  listen('pointermove', (event) => moved(pointer(event), event.clientX, event.clientY));
  listen('pointerup', (event) => {
    up(pointer(event), event.timeStamp, event.clientX, event.clientY);
    onUp();
  });
  listen('pointercancel', (event) => lost(pointer(event), event.timeStamp));

  const eachTouch = (then: (id: string, touch: Touch, at: number) => void) => (event: TouchEvent) => {
    for (const touch of event.changedTouches) then(`touch ${touch.identifier}`, touch, event.timeStamp);
  };
  listen(
    'touchstart',
    eachTouch((id, touch, at) => down(id, touch.target, at, touch.clientX, touch.clientY)),
  );
  listen(
    'touchmove',
    eachTouch((id, touch) => moved(id, touch.clientX, touch.clientY)),
  );
  listen(
    'touchend',
    eachTouch((id, touch, at) => up(id, at, touch.clientX, touch.clientY)),
  );
  listen(
    'touchcancel',
    eachTouch((id, _, at) => lost(id, at)),
  );

  // Whoever lifts a finger or lets a key go elsewhere is not heard here.
  page.addEventListener(
    'blur',
    () => {
      for (const by of [...marked.keys()]) mark(by, []);
    },
    { signal },
  );

  // Only the first finger has a click of the browser's; whatever it did has been done by then, and only once.
  listen(
    'click',
    (event) => {
      if (clicking) return;
      const control = controlOf(event.target);
      if (control === null || isField(control)) return;
      if (!ofPointer(event as PointerEvent) && presses.click(control, kindOf(control), event.timeStamp)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    false,
  );

  return {
    act,
    /** Shows a control as pressed by a key, until it is told of none. */
    markKey: (source: string, control: HTMLElement | null) => mark(`key ${source}`, control === null ? [] : [control]),
  };
}
