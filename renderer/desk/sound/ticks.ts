/** Steps between two labels of a time scale that people read easily, in seconds. */
const steps = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600];

/**
 * Seconds at which a scale of time carries a label: a round step, no more labels than fit (`room` of them), the first
 * at 0 and the last before the end.
 */
export function ticks(duration: number, room: number): number[] {
  if (!(duration > 0) || room < 1) return [];
  const step = steps.find((one) => duration / one <= room) ?? 600;
  const marks: number[] = [];
  for (let index = 0; index * step < duration; index++) marks.push(index * step);
  return marks;
}
