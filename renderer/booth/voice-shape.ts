/**
 * A made-up voice for where there is none to draw yet: syllables and pauses, the same every time. One value a bar, 0 to 1.
 */
export function voiceShape(bars: number): number[] {
  return Array.from({ length: bars }, (_, bar) => {
    const turn = (bar / bars) * 2 * Math.PI;
    const phrase = 0.5 + 0.5 * Math.sin(7 * turn + 1.7 * Math.sin(2 * turn));
    const syllable = 0.55 + 0.45 * Math.sin(31 * turn + 2.3 * Math.sin(5 * turn));
    const grain = 0.72 + 0.28 * Math.sin(bar * 12.9898);
    return Math.max(0, phrase ** 0.7 * syllable * grain - 0.04);
  });
}

/** dBFS below which a level draws nothing, and at which it draws its longest bar. */
const quietest = -56;
const loudest = -10;

/** A level in dBFS as the height of a bar, 0 to 1. */
export function barHeight(db: number): number {
  return Math.min(1, Math.max(0, (db - quietest) / (loudest - quietest)));
}
