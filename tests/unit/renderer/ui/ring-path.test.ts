import { expect, test } from 'vitest';
import { barWidth, ringPath, usualShape } from '../../../../renderer/ui/ring-path.ts';

/** Ends of each bar of a path. */
function bars(path: string): [number, number, number, number][] {
  return [...path.matchAll(/M(\S+) (\S+)L(\S+) (\S+?)(?=M|$)/g)].map(([, a, b, c, d]) => [
    Number(a),
    Number(b),
    Number(c),
    Number(d),
  ]);
}

test('bars stand on the circle, clockwise from the top, as long as they are loud', () => {
  const drawn = bars(ringPath([1, 0, 0.5, 0]));
  expect(drawn).toHaveLength(4);
  const lengths = drawn.map(([x1, y1, x2, y2]) => Math.hypot(x2 - x1, y2 - y1));
  const { radius, longest, shortest } = usualShape;
  expect(lengths[0]).toBeCloseTo(radius * longest, 1);
  expect(lengths[1]).toBeCloseTo(radius * shortest, 1);
  for (const [x1, y1, x2, y2] of drawn) expect(Math.hypot((x1 + x2) / 2, (y1 + y2) / 2)).toBeCloseTo(radius, 1);
  const [x, y] = drawn[0] ?? [0, 0];
  expect(x).toBeGreaterThan(0);
  expect(y).toBeLessThan(0);
});

test('two parts make the whole, and what is out of range is clamped', () => {
  const values = [0.2, 0.4, 7, -3];
  expect(ringPath(values, usualShape, 0, 2) + ringPath(values, usualShape, 2)).toBe(ringPath(values));
  expect(ringPath([7])).toBe(ringPath([1]));
  expect(ringPath([])).toBe('');
});

test('bars leave room between them', () => {
  expect(barWidth(240) * 240).toBeLessThan(2 * Math.PI * usualShape.radius);
  expect(Number.isFinite(barWidth(0))).toBe(true);
});
