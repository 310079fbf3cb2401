import { type ReactNode, useEffect, useRef } from 'react';
import { barWidth, ringPath, usualShape } from '../../ui/ring-path.ts';
import '../../ui/ring.css';

export interface LiveRingProps {
  bars: number;
  /**
   * Asked at every frame, with the milliseconds since the ring appeared: writes the bars into `values` (0 to 1) and
   * answers how many of them are full.
   */
  draw: (values: Float32Array, elapsed: number) => number;
  /** Draws one frame only. */
  still?: boolean;
  className?: string;
  children?: ReactNode;
}

/** A ring that moves: drawn straight into the page, outside of React, at the screen's own pace. */
export function LiveRing({ bars, draw, still = false, className, children }: LiveRingProps) {
  const done = useRef<SVGPathElement>(null);
  const rest = useRef<SVGPathElement>(null);
  const drawing = useRef(draw);
  drawing.current = draw;

  useEffect(() => {
    const values = new Float32Array(bars);
    const began = performance.now();
    let frame = 0;
    const paint = () => {
      const full = drawing.current(values, performance.now() - began);
      done.current?.setAttribute('d', ringPath(values, usualShape, 0, full));
      rest.current?.setAttribute('d', ringPath(values, usualShape, full));
      if (!still) frame = requestAnimationFrame(paint);
    };
    paint();
    return () => cancelAnimationFrame(frame);
  }, [bars, still]);

  const width = barWidth(bars);
  const box = usualShape.radius * (1 + usualShape.longest / 2) + width;
  return (
    <div className={['ring', className].filter(Boolean).join(' ')}>
      <svg viewBox={`${-box} ${-box} ${2 * box} ${2 * box}`} strokeWidth={width} aria-hidden="true">
        <path className="ring-rest" ref={rest} />
        <path className="ring-done" ref={done} />
      </svg>
      {children !== undefined && <div className="ring-middle">{children}</div>}
    </div>
  );
}
