/** Steps between two labels of a time scale that people read easily, in seconds. */
const steps = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600];

/**
 * Seconds at which a scale of time carries a label: a round step, the first at 0, none closer than `label` to the next
 * one or running past the end. `width` and `label` in pixels.
 */
export function ticks(duration: number, width: number, label: number): number[] {
  if (!(duration > 0) || width < label) return [];
  const least = (label / width) * duration;
  const step = steps.find((one) => one >= least) ?? 600;
  const marks: number[] = [];
  for (let index = 0; index * step <= duration - least * 0.6; index++) marks.push(index * step);
  return marks;
}
