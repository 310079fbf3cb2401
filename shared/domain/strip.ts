import { ringPeaks } from './peaks.ts';
import type { Peaks } from './sound.ts';

/** Bars of the small waveform that stands for a take in a list. */
export const stripBars = 120;

/** One letter a bar: a strip is a short text, cheap to store, to send and to compare. */
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const loudest = letters.length - 1;

/** The strip of a take's peaks, drawn as its ring is: the loudest bar is as high as can be, silence stays flat. */
export function stripOf(peaks: Peaks): string {
  if (peaks.values.length < 2) return '';
  return ringPeaks(peaks, stripBars)
    .map((height) => letters[Math.round((height / 127) * loudest)])
    .join('');
}

/** Heights of a strip's bars, 0 to 1; letters nobody wrote count as silence. */
export function stripHeights(strip: string): number[] {
  return Array.from(strip, (letter) => Math.max(0, letters.indexOf(letter)) / loudest);
}
