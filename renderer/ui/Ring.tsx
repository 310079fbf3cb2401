import type { ReactNode } from 'react';
import { barWidth, ringPath, usualShape } from './ring-path.ts';
import './ring.css';

export interface RingProps {
  /** One a bar: 0 to 1, or 0 to 127 with `scale={127}`. */
  values: ArrayLike<number>;
  scale?: number;
  /** 0 to 1: bars up to here are drawn in full colour, the rest faint. All of them when left out. */
  progress?: number;
  /** Says what the ring is, for those who do not see it; without it the ring is decoration. */
  label?: string;
  className?: string;
  /** Stands in the middle. */
  children?: ReactNode;
}

/** A voice drawn as a circular waveform. It fills its box, which should be square, in the colour of the text. */
export function Ring({ values, scale = 1, progress, label, className, children }: RingProps) {
  const heights = Array.from(values, (value) => value / scale);
  const width = barWidth(heights.length);
  const done = progress === undefined ? heights.length : Math.round(progress * heights.length);
  const box = usualShape.radius * (1 + usualShape.longest / 2) + width;
  return (
    <div className={['ring', className].filter(Boolean).join(' ')} {...(label && { role: 'img', 'aria-label': label })}>
      <svg viewBox={`${-box} ${-box} ${2 * box} ${2 * box}`} strokeWidth={width} aria-hidden="true">
        <path className="ring-rest" d={ringPath(heights, usualShape, done)} />
        <path className="ring-done" d={ringPath(heights, usualShape, 0, done)} />
      </svg>
      {children !== undefined && <div className="ring-middle">{children}</div>}
    </div>
  );
}
