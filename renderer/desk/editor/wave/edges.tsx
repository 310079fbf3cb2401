import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import type { Edit } from '../../../../shared/domain/sound.ts';
import { useDesk } from '../../desk-context.ts';
import { steppedTime } from '../time-text.ts';
import { useSpoken } from '../use-spoken.ts';

/** `move` while a hand or a held key is at it, `end` when it lets go. */
export type Phase = 'move' | 'end';
export type Side = 'in' | 'out';

export interface EdgesProps {
  edit: Edit;
  whole: number;
  /** Seconds of the master under a pointer. */
  secondsAt(clientX: number): number;
  onEdge(side: Side, seconds: number, phase: Phase): void;
}

const percent = (seconds: number, whole: number) => `${(Math.max(0, Math.min(1, seconds / whole)) * 100).toFixed(4)}%`;

/** The kept part over the wave: its frame, its fades, what falls away, and a handle at either end. */
export function Edges({ edit, whole, secondsAt, onEdge }: EdgesProps) {
  const at = (seconds: number) => percent(seconds, whole);
  return (
    <>
      <div className="out" style={{ left: 0, width: at(edit.in) }} />
      <div className="out" style={{ left: at(edit.out), right: 0 }} />
      <div className="kept" style={{ left: at(edit.in), width: at(edit.out - edit.in) }} />
      {edit.fadeIn > 0 && (
        <svg
          className="fade"
          style={{ left: at(edit.in), width: at(edit.fadeIn) }}
          viewBox="0 0 100 100"
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <path d="M0 0V100C50 100 50 0 100 0Z" vectorEffect="non-scaling-stroke" />
        </svg>
      )}
      {edit.fadeOut > 0 && (
        <svg
          className="fade"
          style={{ left: at(edit.out - edit.fadeOut), width: at(edit.fadeOut) }}
          viewBox="0 0 100 100"
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <path d="M100 0V100C50 100 50 0 0 0Z" vectorEffect="non-scaling-stroke" />
        </svg>
      )}
      <Handle side="in" seconds={edit.in} edit={edit} whole={whole} secondsAt={secondsAt} onEdge={onEdge} />
      <Handle side="out" seconds={edit.out} edit={edit} whole={whole} secondsAt={secondsAt} onEdge={onEdge} />
    </>
  );
}

function Handle({ side, seconds, whole, secondsAt, onEdge }: EdgesProps & { side: Side; seconds: number }) {
  const { say } = useDesk();
  const spoken = useSpoken();
  /** Where the hand took hold, beside the edge, so that the edge does not jump under it. */
  const grip = useRef<number | undefined>(undefined);

  function down(event: PointerEvent<HTMLDivElement>) {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    grip.current = secondsAt(event.clientX) - seconds;
  }
  function move(event: PointerEvent<HTMLDivElement>) {
    if (grip.current === undefined) return;
    event.stopPropagation();
    onEdge(side, secondsAt(event.clientX) - grip.current, 'move');
  }
  function up(event: PointerEvent<HTMLDivElement>) {
    if (grip.current === undefined) return;
    event.stopPropagation();
    const wanted = secondsAt(event.clientX) - grip.current;
    grip.current = undefined;
    onEdge(side, wanted, 'end');
  }
  function key(event: KeyboardEvent) {
    const wanted =
      event.key === 'Home' ? 0 : event.key === 'End' ? whole : steppedTime(seconds, event.key, event.shiftKey);
    if (wanted === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onEdge(side, wanted, 'move');
  }
  return (
    <div
      className={`handle handle-${side}`}
      style={{ left: percent(seconds, whole) }}
      role="slider"
      tabIndex={0}
      aria-label={say(side === 'in' ? 'editIn' : 'editOut')}
      aria-valuemin={0}
      aria-valuemax={whole}
      aria-valuenow={Math.round(seconds * 1000) / 1000}
      aria-valuetext={spoken(seconds)}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={up}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={key}
      onKeyUp={(event) => steppedTime(seconds, event.key, false) !== undefined && onEdge(side, seconds, 'end')}
    />
  );
}
