/** What counts as somebody being there. */
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/** For how many seconds nobody has touched the desk; told to the studio, which signs an empty chair out. */
export function watchIdle(target: Pick<EventTarget, 'addEventListener'>, now: () => number = () => performance.now()) {
  let last = now();
  for (const sign of signs) {
    target.addEventListener(
      sign,
      () => {
        last = now();
      },
      { passive: true, capture: true },
    );
  }
  return () => Math.floor((now() - last) / 1000);
}
