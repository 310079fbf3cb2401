import type { Hearing, Level } from './types.ts';

/** Levels the check looks back on: 4 s of thirtieths. */
export const hearingWindow = 120;
/** Fewer than half a second of levels say nothing yet. */
const fewest = 15;

/** dB. A voice stands out from the room by at least this (p95 − p10); less is noise or nobody. */
const leastContrast = 6;
/** dBFS RMS of a thirtieth. Below, a voice is indistinguishable from a dead input. */
const nothingBelow = -60;
/** dBFS RMS. Speech at −40 LUFS, the quietest that is published without a warning, peaks here. */
const quietBelow = -38;
/** dBFS peak. Reached at least twice in the window, a louder word would clip. */
const loudAbove = -1;

function percentile(sorted: number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NEGATIVE_INFINITY;
}

/** What the microphone check says of these levels, oldest first; only the last 4 s count. */
export function hear(levels: readonly Level[]): Hearing {
  const window = levels.slice(-hearingWindow);
  if (window.length < fewest) return 'nothingHeard';
  if (window.filter((level) => level.peakDb >= loudAbove).length >= 2) return 'tooLoud';
  const sorted = window.map((level) => level.rmsDb).sort((a, b) => a - b);
  const voice = percentile(sorted, 0.95);
  const room = percentile(sorted, 0.1);
  if (voice < nothingBelow || voice - room < leastContrast) return 'nothingHeard';
  return voice < quietBelow ? 'tooQuiet' : 'good';
}
