import { coverSide } from '../../../shared/domain/batch.ts';

/** Raised when the same rings would give another picture. */
export const coverVersion = 1;

type Colour = readonly [number, number, number];
/** Sea, sun and paper of the house (renderer/ui/tokens.css). */
const ground: Colour = [0x0b, 0x4f, 0x6c];
const rings: readonly Colour[] = [
  [0xff, 0xb6, 0x27],
  [0xff, 0xf7, 0xec],
  [0x7c, 0xc4, 0xe0],
];

/** Most rings of one cover: more would be lines and no voices. */
export const mostRings = rings.length;
/** Bars of a ring on a cover; twice as many would be too fine for a thumbnail. */
const bars = 48;

/** Half as many bars, each the larger of its two. */
function fewer(heights: readonly number[]): number[] {
  const step = Math.max(1, Math.round(heights.length / bars));
  return Array.from({ length: Math.ceil(heights.length / step) }, (_, bar) =>
    Math.max(0, ...heights.slice(bar * step, (bar + 1) * step)),
  );
}

/**
 * A cover: voices as rings around each other, drawn from their peaks (0…127), the first one outermost. Plain numbers in,
 * pixels out; every edge is one pixel soft.
 */
export function drawCover(voices: readonly (readonly number[])[], side: number = coverSide.made) {
  const rgb = new Uint8Array(side * side * 3);
  rgb.set(ground);
  for (let filled = 3; filled < rgb.length; filled *= 2) rgb.copyWithin(filled, 0, filled);
  const shown = voices.slice(0, mostRings);
  const band = shown.length > 1 ? 0.13 : 0.26;
  shown.forEach((voice, ring) => {
    const radius = side * (shown.length > 1 ? 0.36 - ring * 0.13 : 0.29);
    const heights = fewer(voice);
    const half = (Math.PI * radius * 0.6) / heights.length;
    heights.forEach((height, bar) => {
      const long = side * (0.008 + (Math.min(127, height) / 127) * (band - 0.03));
      const angle = ((bar + 0.5) / heights.length) * 2 * Math.PI;
      const way: readonly [number, number] = [Math.sin(angle), -Math.cos(angle)];
      drawBar(rgb, side, { way, from: radius - long / 2, to: radius + long / 2, half }, rings[ring] as Colour);
    });
  });
  return { side, rgb };
}

interface Bar {
  /** Direction from the middle, of length 1. */
  way: readonly [number, number];
  /** Distances from the middle, and half the width, in pixels. */
  from: number;
  to: number;
  half: number;
}

/** A line with round ends. */
function drawBar(rgb: Uint8Array, side: number, { way: [x, y], from, to, half }: Bar, colour: Colour): void {
  const middle = side / 2;
  const edge = half + 1;
  const low = (a: number, b: number) => Math.max(0, Math.floor(middle + Math.min(a, b) - edge));
  const high = (a: number, b: number) => Math.min(side - 1, Math.ceil(middle + Math.max(a, b) + edge));
  for (let row = low(y * from, y * to); row <= high(y * from, y * to); row++) {
    for (let column = low(x * from, x * to); column <= high(x * from, x * to); column++) {
      const dx = column + 0.5 - middle;
      const dy = row + 0.5 - middle;
      const along = Math.min(to, Math.max(from, dx * x + dy * y));
      const share = Math.min(1, Math.max(0, half + 0.5 - Math.hypot(dx - along * x, dy - along * y)));
      if (share === 0) continue;
      const at = (row * side + column) * 3;
      for (let part = 0; part < 3; part++) {
        const below = rgb[at + part] as number;
        rgb[at + part] = Math.round(below + ((colour[part] as number) - below) * share);
      }
    }
  }
}
