import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';

/** Largest and smallest size come from the style sheet, in rem: `--title-max`, `--title-min`; its room is `max-height`. */
function fitTitle(title: HTMLElement): void {
  const style = getComputedStyle(title);
  const least = Number.parseFloat(style.getPropertyValue('--title-min')) || 3;
  let size = Number.parseFloat(style.getPropertyValue('--title-max')) || 6;
  title.style.overflowWrap = 'normal';
  const tooBig = () => title.scrollWidth > title.clientWidth + 1 || title.scrollHeight > title.clientHeight + 2;
  for (;;) {
    title.style.fontSize = `${size}rem`;
    if (!tooBig() || size <= least) break;
    size = Math.max(least, size * 0.96);
  }
  // Only a word wider than the screen itself is ever broken.
  title.style.overflowWrap = 'anywhere';
}

/** The screen's headline: as large as its room allows, whatever its length, and announced when the screen appears. */
export function Title({ children, id = 'title' }: { children: ReactNode; id?: string }) {
  const heading = useRef<HTMLHeadingElement>(null);

  useLayoutEffect(() => {
    const title = heading.current;
    if (title === null) return;
    fitTitle(title);
    const again = new ResizeObserver(() => fitTitle(title));
    if (title.parentElement !== null) again.observe(title.parentElement);
    void document.fonts.ready.then(() => fitTitle(title));
    return () => again.disconnect();
  });

  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);

  return (
    <h1 id={id} ref={heading} tabIndex={-1} className="title">
      {children}
    </h1>
  );
}
