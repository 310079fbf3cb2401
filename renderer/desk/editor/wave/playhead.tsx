import { type KeyboardEvent, type PointerEvent, useCallback, useRef } from 'react';
import { useDesk } from '../../desk-context.ts';
import { duration } from '../../format.ts';
import { useFollow } from '../../sound/use-position.ts';
import { useSpoken } from '../use-spoken.ts';

export interface PlayheadProps {
  whole: number;
  secondsAt(clientX: number): number;
  /** Called with every place of the playhead, for what is drawn elsewhere. */
  onPlace(seconds: number): void;
}

/** How often a moving playhead says where it is, in milliseconds: no listener reads more than that. */
const saidEvery = 500;

/** Where one stands in the sound: a line with a grip, and a slider for keys and screen readers. */
export function Playhead({ whole, secondsAt, onPlace }: PlayheadProps) {
  const { player, say } = useDesk();
  const spoken = useSpoken();
  const head = useRef<HTMLDivElement>(null);
  const said = useRef(0);
  const dragging = useRef(false);
  const words = useRef(spoken);
  words.current = spoken;

  // Sixty times a second: straight to the element, past React.
  const follow = useCallback(
    (seconds: number) => {
      const element = head.current;
      if (element === null) return;
      element.style.left = `${(Math.max(0, Math.min(1, seconds / whole)) * 100).toFixed(4)}%`;
      onPlace(seconds);
      const now = performance.now();
      if (player.state().playing && now - said.current < saidEvery) return;
      said.current = now;
      element.setAttribute('aria-valuenow', seconds.toFixed(2));
      element.setAttribute('aria-valuetext', words.current(seconds));
    },
    [whole, onPlace, player],
  );
  useFollow(follow);

  function key(event: KeyboardEvent) {
    const { shiftKey } = event;
    const by = {
      ArrowLeft: shiftKey ? -0.1 : -1,
      ArrowRight: shiftKey ? 0.1 : 1,
      PageDown: -10,
      PageUp: 10,
      Home: Number.NEGATIVE_INFINITY,
      End: Number.POSITIVE_INFINITY,
    }[event.key];
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    player.seek(player.position() + by);
  }
  function down(event: PointerEvent) {
    if (event.button !== 0) return;
    event.stopPropagation();
    head.current?.setPointerCapture(event.pointerId);
    dragging.current = true;
  }
  function move(event: PointerEvent) {
    if (dragging.current) player.seek(secondsAt(event.clientX));
  }
  return (
    <div
      ref={head}
      className="head"
      role="slider"
      tabIndex={0}
      aria-label={say('position')}
      aria-description={say('positionWhole', { whole: duration(whole) })}
      aria-valuemin={0}
      aria-valuemax={Number(whole.toFixed(2))}
      aria-valuenow={0}
      onKeyDown={key}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={() => {
        dragging.current = false;
      }}
      onClick={(event) => event.stopPropagation()}
    >
      <div className="grip" />
    </div>
  );
}
