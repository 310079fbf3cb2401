import type { Display } from 'electron';

type Seen = Pick<Display, 'id' | 'bounds'>;

/** Displays from left to right, then from top to bottom: the order in which `--booth-display` counts them, from 0. */
function inOrder<D extends Seen>(displays: readonly D[]): D[] {
  return displays.toSorted((a, b) => a.bounds.x - b.bounds.x || a.bounds.y - b.bounds.y);
}

/** The booth's display: the one wished for where there is one of that number, else the primary one. */
export function boothDisplay<D extends Seen>(displays: readonly D[], primary: D, wished: number | null): D {
  return (wished === null ? undefined : inOrder(displays)[wished]) ?? primary;
}

/** The desk's display: another than the booth's where there is one. */
export function deskDisplay<D extends Seen>(displays: readonly D[], booth: D): D {
  return inOrder(displays).find(({ id }) => id !== booth.id) ?? booth;
}
