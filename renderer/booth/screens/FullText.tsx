import { useEffect, useRef } from 'react';
import { Button } from '../../ui/Button.tsx';
import { useBooth } from '../view.ts';
import { Qr } from './Qr.tsx';
import { useTexts } from './texts.ts';

/** The whole text in large type: scrolled by a finger, by the arrows, or a page at a time by « suite ». */
export function FullText() {
  const { config, act, say } = useBooth();
  const found = useTexts();
  const text = useRef<HTMLElement>(null);
  useEffect(() => text.current?.focus({ preventScroll: true }), []);
  const url = config?.consent.fullTextUrl ?? null;

  /** One screenful further, less a line; after the end, from the beginning. */
  function more(): void {
    const box = text.current;
    if (box === null) return;
    const end = box.scrollTop + box.clientHeight >= box.scrollHeight - 2;
    const page = box.clientHeight * 0.85;
    box.scrollTo({ top: end ? 0 : box.scrollTop + page, behavior: 'instant' });
    act({ type: 'ACTIVITY' });
  }

  if (found === undefined) return null;
  const { texts, set } = found;
  return (
    <div className="overlay overlay-full">
      <div
        className="dialog full-text"
        role="dialog"
        aria-modal="true"
        aria-labelledby="full-title"
        data-overlay="full"
      >
        <div className="full-head">
          <h2 id="full-title">{say('full.title')}</h2>
          {url !== null && (
            <figure className="full-phone">
              <Qr text={url} label={url} />
              <figcaption>{say('full.phone')}</figcaption>
            </figure>
          )}
        </div>
        <section
          ref={text}
          className="full-body"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
          tabIndex={0}
          aria-labelledby="full-title"
          lang={texts.language}
          data-own-keys="ArrowUp ArrowDown Home End"
        >
          {texts.full.map((paragraph) => (
            <p key={paragraph}>{set(paragraph)}</p>
          ))}
        </section>
        <div className="pair">
          <Button look="equal" data-choice onClick={more}>
            {say('full.more')}
          </Button>
          <Button look="main" data-choice onClick={() => act({ type: 'BACK' })}>
            {say('full.close')}
          </Button>
        </div>
      </div>
    </div>
  );
}
