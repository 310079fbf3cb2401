import { expect, test } from 'vitest';
import { movePen, normalise, type Pen, restingPen, spread } from '../../../../renderer/booth/screens/strokes.ts';
import { type Signature, signature } from '../../../../shared/contract/consent.ts';

test('a signature is the same whatever field it was drawn in', () => {
  const drawn = [
    [
      { x: 0, y: 0 },
      { x: 50, y: 20 },
      { x: 100, y: 40 },
    ],
  ];
  const large = drawn.map((points) => points.map(({ x, y }) => ({ x: x * 7, y: y * 7 })));
  expect(normalise(drawn, 100, 40)).toEqual([
    [
      [0, 0],
      [500, 200],
      [1000, 400],
    ],
  ]);
  expect(normalise(large, 700, 280)).toEqual(normalise(drawn, 100, 40));
  const again = spread(normalise(drawn, 100, 40), 100, 40);
  expect(again).toEqual(drawn);
});

test('a hand that leaves the field, trembles or never lifts still makes what the contract takes', () => {
  const wild = Array.from({ length: 9000 }, (_, at) => ({
    x: 400 + 900 * Math.sin(at),
    y: 100 + 300 * Math.cos(at / 3),
  }));
  const dots = Array.from({ length: 300 }, () => [{ x: 1, y: 1 }]);
  const made = normalise([wild, ...dots], 800, 320);
  expect(signature.parse(made)).toEqual(made);
  const trembling = normalise([Array.from({ length: 500 }, (_, at) => ({ x: 100 + (at % 2), y: 100 }))], 1000, 400);
  expect(trembling[0]?.length).toBeLessThan(5);
  expect(normalise([], 100, 40)).toEqual([]);
  expect(normalise([[{ x: 1, y: 1 }]], 0, 0)).toEqual([]);
});

test('the pen draws where it is down, and only there', () => {
  let pen: Pen = restingPen;
  let strokes: Signature = [];
  for (const key of ['ArrowRight', 'Space', 'ArrowRight', 'ArrowDown', 'Space', 'ArrowLeft', 'Space', 'ArrowUp', 'a']) {
    ({ pen, strokes } = movePen(pen, strokes, key));
  }
  expect(strokes).toEqual([
    [
      [220, 200],
      [240, 200],
      [240, 220],
    ],
    [
      [220, 220],
      [220, 200],
    ],
  ]);
  for (let step = 0; step < 100; step++) ({ pen, strokes } = movePen(pen, strokes, 'ArrowLeft'));
  expect(pen.at).toEqual([0, 200]);
  expect(signature.parse(strokes)).toEqual(strokes);
});
