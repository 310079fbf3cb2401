import { useEffect, useState } from 'react';
import { useDesk } from '../desk-context.ts';

/** Where the player is, in seconds, to a fiftieth: as smooth as a playhead has to be. */
export function usePosition(): number {
  const { player } = useDesk();
  const [position, setPosition] = useState(() => player.element.currentTime);
  useEffect(() => {
    const { element } = player;
    let frame = 0;
    const read = () => setPosition(Math.round(element.currentTime * 50) / 50);
    const tick = () => {
      read();
      frame = element.paused ? 0 : requestAnimationFrame(tick);
    };
    const start = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(tick);
    };
    const stop = new AbortController();
    for (const name of ['seeking', 'seeked', 'pause', 'emptied', 'loadedmetadata', 'timeupdate']) {
      element.addEventListener(name, read, { signal: stop.signal });
    }
    element.addEventListener('play', start, { signal: stop.signal });
    if (!element.paused) start();
    read();
    return () => {
      stop.abort();
      cancelAnimationFrame(frame);
    };
  }, [player]);
  return position;
}
