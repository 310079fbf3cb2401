import { useMemo, useSyncExternalStore } from 'react';
import { useDesk } from '../desk-context.ts';
import { usePosition } from '../sound/use-position.ts';

/** All that writing needs of the player, in seconds of the master. */
export interface Playhead {
  /** Where it is at this moment. */
  now(): number;
  playFrom(seconds: number): void;
  toggle(): void;
  back(seconds: number): void;
}

export function usePlayhead(): Playhead {
  const { player } = useDesk();
  return useMemo(
    () => ({
      now: () => player.position(),
      playFrom(seconds) {
        player.seek(seconds);
        void player.play();
      },
      toggle: () => (player.state().playing ? player.pause() : void player.play()),
      back: (seconds) => player.seek(Math.max(0, player.position() - seconds)),
    }),
    [player],
  );
}

/** The moving position and whether it plays; for the one small part that follows it. */
export function usePlayheadPosition(): { position: number; playing: boolean } {
  const { player } = useDesk();
  const { playing } = useSyncExternalStore(player.subscribe, player.state);
  return { position: usePosition(), playing };
}
