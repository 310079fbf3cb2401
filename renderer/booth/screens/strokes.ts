import type { Signature } from '../../../shared/contract/consent.ts';

/** The box a signature is stored in, whatever the screen it was drawn on. */
export const box = { width: 1000, height: 400 } as const;
/** What the contract takes; a signature has a tenth of it. */
const mostStrokes = 200;
const mostPoints = 2000;
/** Points nearer than this to the one before say nothing new. */
const least = 3;

export interface Point {
  x: number;
  y: number;
}
type Stroke = Signature[number];

const within = (value: number, most: number) => Math.min(most, Math.max(0, Math.round(value)));

/** Strokes in the pixels of a field of this size, as they are stored. */
export function normalise(drawn: readonly (readonly Point[])[], width: number, height: number): Signature {
  if (width <= 0 || height <= 0) return [];
  return drawn
    .map((points) => {
      const stroke: Stroke = [];
      for (const [index, { x, y }] of points.entries()) {
        const point: Stroke[number] = [
          within((x * box.width) / width, box.width),
          within((y * box.height) / height, box.height),
        ];
        const before = stroke.at(-1);
        const last = index === points.length - 1;
        const near = before !== undefined && Math.hypot(point[0] - before[0], point[1] - before[1]) < least;
        if (!near || (last && before !== undefined && (point[0] !== before[0] || point[1] !== before[1])))
          stroke.push(point);
      }
      return stroke.slice(0, mostPoints);
    })
    .filter((stroke) => stroke.length > 0)
    .slice(0, mostStrokes);
}

/** The same, back in pixels. */
export function spread(strokes: Signature, width: number, height: number): Point[][] {
  return strokes.map((stroke) =>
    stroke.map(([x, y]) => ({ x: (x * width) / box.width, y: (y * height) / box.height })),
  );
}

/** How far an arrow moves the pen. */
const step = 20;

/** A pen moved by keys, for those who cannot draw: arrows move it, Space puts it down or lifts it. */
export interface Pen {
  at: [number, number];
  down: boolean;
}
export const restingPen: Pen = { at: [200, 200], down: false };

const moves: Record<string, readonly [number, number]> = {
  ArrowLeft: [-step, 0],
  ArrowRight: [step, 0],
  ArrowUp: [0, -step],
  ArrowDown: [0, step],
};
/** Keys that are the pen's own while it has the focus. */
export const penKeys = [...Object.keys(moves), 'Space'];

export function movePen(pen: Pen, strokes: Signature, code: string): { pen: Pen; strokes: Signature } {
  if (code === 'Space') {
    const down = !pen.down;
    return { pen: { ...pen, down }, strokes: down ? [...strokes, [pen.at]].slice(0, mostStrokes) : strokes };
  }
  const move = moves[code];
  if (move === undefined) return { pen, strokes };
  const at: [number, number] = [within(pen.at[0] + move[0], box.width), within(pen.at[1] + move[1], box.height)];
  const last = strokes.at(-1);
  if (!pen.down || last === undefined) return { pen: { ...pen, at }, strokes };
  return { pen: { ...pen, at }, strokes: [...strokes.slice(0, -1), [...last, at].slice(0, mostPoints)] };
}
