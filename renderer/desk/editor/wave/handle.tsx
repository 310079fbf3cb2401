import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useSpoken } from '../use-spoken.ts';

/** `move` while a hand or a held key is at it, `end` when it lets go. */
export type Phase = 'move' | 'end';

export interface HandleProps {
  className: string;
  label: string;
  /** What it stands for, in seconds, from 0 to `max`. */
  value: number;
  max: number;
  /** Where it stands on the drawing, a CSS length. */
  left: string;
  /** The value under a pointer, and after a key; undefined when the key is not for it. */
  valueAt(clientX: number): number;
  stepped(key: string, shift: boolean): number | undefined;
  onMove(value: number, phase: Phase): void;
}

/** Something on the wave that hand and keys move alike: one step of the history from taking hold to letting go. */
export function Handle({ className, label, value, max, left, valueAt, stepped, onMove }: HandleProps) {
  const spoken = useSpoken();
  /** Where the hand took hold, beside the handle, so that it does not jump under it. */
  const grip = useRef<number | undefined>(undefined);

  function down(event: PointerEvent<HTMLDivElement>) {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    grip.current = valueAt(event.clientX) - value;
  }
  function move(event: PointerEvent<HTMLDivElement>) {
    if (grip.current === undefined) return;
    event.stopPropagation();
    onMove(valueAt(event.clientX) - grip.current, 'move');
  }
  function up(event: PointerEvent<HTMLDivElement>) {
    if (grip.current === undefined) return;
    event.stopPropagation();
    const wanted = valueAt(event.clientX) - grip.current;
    grip.current = undefined;
    onMove(wanted, 'end');
  }
  const after = (key: string, shift: boolean) => ({ Home: 0, End: max })[key] ?? stepped(key, shift);
  function key(event: KeyboardEvent) {
    const wanted = after(event.key, event.shiftKey);
    if (wanted === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onMove(wanted, 'move');
  }
  return (
    <div
      className={className}
      style={{ left }}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.round(value * 1000) / 1000}
      aria-valuetext={spoken(value)}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={up}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={key}
      onKeyUp={(event) => after(event.key, false) !== undefined && onMove(value, 'end')}
    />
  );
}
