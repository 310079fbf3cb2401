import { useEffect, useLayoutEffect, useRef } from 'react';

/**
 * Largest and smallest size come from the style sheet, in rem (`--title-max`, `--title-min`), its room is `max-height`.
 * Lines are counted by their boxes: letters of a display face reach beyond them.
 */
function fitTitle(title: HTMLElement): void {
  const style = getComputedStyle(title);
  const least = Number.parseFloat(style.getPropertyValue('--title-min')) || 3;
  const room = Number.parseFloat(style.maxHeight) || Number.POSITIVE_INFINITY;
  let size = Number.parseFloat(style.getPropertyValue('--title-max')) || 6;
  title.style.maxHeight = 'none';
  title.style.overflowWrap = 'normal';
  for (;;) {
    title.style.fontSize = `${size}rem`;
    const tooBig = title.scrollWidth > title.clientWidth + 1 || title.offsetHeight > room;
    if (!tooBig || size <= least) break;
    size = Math.max(least, size * 0.96);
  }
  title.style.maxHeight = '';
  // Only a word wider than the screen itself is ever broken.
  title.style.overflowWrap = 'anywhere';
}

/** The screen's headline: as large as its room allows, whatever its length, and announced when the screen appears. */
export function Title({ text, live = false }: { text: string; live?: boolean }) {
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
    <h1 id="title" ref={heading} tabIndex={-1} className="title" {...(live && { 'aria-live': 'polite' })}>
      {text.split(' ').map((word, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: words have no other name than their place
        <Word key={place} word={word} first={place === 0} />
      ))}
    </h1>
  );
}

/** « Qu’est-ce » is not broken at its hyphen; a name of many parts may be. */
function Word({ word, first }: { word: string; first: boolean }) {
  return (
    <>
      {first ? '' : ' '}
      {word.includes('-') && word.length <= 20 ? <span className="nobreak">{word}</span> : word}
    </>
  );
}
