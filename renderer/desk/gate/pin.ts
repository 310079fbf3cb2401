export const shortestPin = 4;
export const longestPin = 12;

/** The digits of what was typed or pasted, at most twelve. */
export function digitsOf(text: string): string {
  return text.replace(/\D/g, '').slice(0, longestPin);
}

/** Whole seconds left at `now` until `until` (both in milliseconds); 0 when it is over. */
export function secondsLeft(until: number, now: number): number {
  return Math.max(0, Math.ceil((until - now) / 1000));
}
