import { useCallback, useEffect, useState } from 'react';
import { useDesk } from '../desk-context.ts';

/** Calls back with where the player is, in seconds of the master: at once, at every jump, and every frame it plays. */
export function useFollow(follow: (seconds: number) => void): void {
  const { player } = useDesk();
  useEffect(() => {
    let frame = 0;
    const look = () => {
      follow(player.position());
      cancelAnimationFrame(frame);
      frame = player.state().playing ? requestAnimationFrame(look) : 0;
    };
    const stop = player.onMove(look);
    look();
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [player, follow]);
}

/** Where the player is, in seconds of the master, to a fiftieth: as smooth as words and figures have to be. */
export function usePosition(): number {
  const { player } = useDesk();
  const [position, setPosition] = useState(() => player.position());
  useFollow(useCallback((seconds) => setPosition(Math.round(seconds * 50) / 50), []));
  return position;
}
