/** Lengths of the made-up voice's phrases, in parts of the circle. */
const phrases = [7, 11, 5, 14, 9, 6, 12, 8, 15, 6, 10, 13, 7, 9];
const whole = phrases.reduce((sum, length) => sum + length, 0);

/**
 * A made-up voice for where there is none to draw yet: phrases and pauses, the same every time. One value a bar, 0 to 1.
 */
export function voiceShape(bars: number): number[] {
  return Array.from({ length: bars }, (_, bar) => {
    let at = (bar / bars) * whole;
    let phrase = 0;
    while (at >= (phrases[phrase] ?? whole)) at -= phrases[phrase++] ?? whole;
    const within = at / (phrases[phrase] ?? 1);
    const swell = Math.sin(Math.PI * Math.min(1, within * 1.12)) ** 0.55;
    const loudness = 0.62 + 0.38 * Math.sin(phrase * 2.4 + 1);
    const grain = 0.68 + 0.32 * Math.sin(bar * 12.9898);
    return within > 0.9 ? 0 : swell * loudness * grain;
  });
}

/** dBFS RMS below which a level draws nothing, and at which it draws its longest bar. */
const quietest = -54;
const loudest = -9;

/** A level in dBFS as the height of a bar, 0 to 1. */
export function barHeight(db: number): number {
  return Math.min(1, Math.max(0, (db - quietest) / (loudest - quietest))) ** 1.5;
}
