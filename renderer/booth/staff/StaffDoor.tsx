import { type ReactNode, useEffect, useRef, useState } from 'react';
import { StaffPanel } from './StaffPanel.tsx';

/** How long the event's name is held until the door opens, in milliseconds: longer than any visitor's touch. */
const holdMs = 2500;

/**
 * The staff's way out of the booth, by touch alone: hold the event's name. It is no secret and needs none: behind it
 * stands the PIN. It is in nobody's way by keyboard or by the single button; there the staff have keys of their own.
 */
export function StaffDoor({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const timer = useRef<number>(undefined);
  const release = () => clearTimeout(timer.current);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <>
      <span
        className="staff-door"
        onPointerDown={() => {
          release();
          timer.current = window.setTimeout(() => setOpen(true), holdMs);
        }}
        onPointerUp={release}
        onPointerLeave={release}
        onPointerCancel={release}
      >
        {children}
      </span>
      {open && <StaffPanel onClose={() => setOpen(false)} />}
    </>
  );
}
