import type Drawing from 'signature_pad';

/** A hand at rest moves by less than this, in CSS pixels: what a panel trembles by. */
const still = 12;

/**
 * Whoever signs lays their hand on the glass. The pad follows the first that touches it: where that lies still, its dot
 * goes and the finger or pen that comes next is followed.
 */
export function letHandsRest(canvas: HTMLCanvasElement, pad: Drawing) {
  const stop = new AbortController();
  const view = canvas.ownerDocument.defaultView ?? window;
  let followed: { event: PointerEvent; moved: number } | null = null;
  let giving = false;

  function down(event: PointerEvent): void {
    if (event.target !== canvas) return;
    if (followed !== null && followed.moved < still) {
      const { pointerId, pointerType, clientX, clientY } = followed.event;
      giving = true;
      view.dispatchEvent(new PointerEvent('pointercancel', { pointerId, pointerType, clientX, clientY }));
      giving = false;
      pad.fromData(pad.toData().slice(0, -1));
      followed = null;
    }
    followed ??= { event, moved: 0 };
  }

  function move(event: PointerEvent): void {
    if (followed?.event.pointerId !== event.pointerId) return;
    const { clientX, clientY } = followed.event;
    followed.moved = Math.max(followed.moved, Math.hypot(event.clientX - clientX, event.clientY - clientY));
  }

  function up(event: PointerEvent): void {
    if (followed?.event.pointerId === event.pointerId) followed = null;
  }

  const options = { capture: true, signal: stop.signal };
  view.addEventListener('pointerdown', down, options);
  view.addEventListener('pointermove', move, options);
  view.addEventListener('pointerup', up, options);
  view.addEventListener('pointercancel', up, options);
  return {
    /** The stroke that ends just now was no stroke. */
    givingWay: () => giving,
    stop: () => stop.abort(),
  };
}
