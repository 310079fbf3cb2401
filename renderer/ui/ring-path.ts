/** How a ring is drawn, in units of its radius unless said otherwise. */
export interface RingShape {
  /** Radius in the drawing's units. */
  radius: number;
  /** Length of the loudest bar and of a silent one, as parts of the radius. */
  longest: number;
  shortest: number;
}

export const usualShape: RingShape = { radius: 80, longest: 0.44, shortest: 0.03 };

/**
 * A voice as a circle of bars, clockwise from twelve o'clock: an SVG path around 0,0. Values are 0 to 1, one a bar.
 * `from` and `to` choose bars (`to` left out: all), so that one ring can be drawn in two colours.
 */
export function ringPath(
  values: ArrayLike<number>,
  shape: RingShape = usualShape,
  from = 0,
  to = values.length,
): string {
  const { radius, longest, shortest } = shape;
  let path = '';
  for (let bar = from; bar < to; bar++) {
    const value = Math.min(1, Math.max(0, values[bar] ?? 0));
    const half = (radius * (shortest + value * (longest - shortest))) / 2;
    const angle = ((bar + 0.5) / values.length) * 2 * Math.PI;
    const x = Math.sin(angle);
    const y = -Math.cos(angle);
    path += `M${round(x * (radius - half))} ${round(y * (radius - half))}L${round(x * (radius + half))} ${round(y * (radius + half))}`;
  }
  return path;
}

/** Width of a bar that leaves about a third of the circle free between bars. */
export function barWidth(bars: number, shape: RingShape = usualShape): number {
  return round((2 * Math.PI * shape.radius * 0.62) / Math.max(1, bars));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
