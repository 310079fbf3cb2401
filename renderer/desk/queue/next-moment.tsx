import { useEffect, useState } from 'react';
import { useDesk } from '../desk-context.ts';

export interface NextMomentProps {
  /** ISO 8601. */
  at: string;
  later: 'nextTry' | 'heldNext';
  now: 'nextTryNow' | 'heldNextNow';
}

/** Counts down by itself; screen readers are not told every second. */
export function NextMoment({ at, later, now }: NextMomentProps) {
  const { say, format } = useDesk();
  const [, setTick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTick((tick) => tick + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  const when = format.until(at);
  return (
    <p className="soft tabular" aria-live="off">
      {when === undefined ? say(now) : say(later, { when })}
    </p>
  );
}
