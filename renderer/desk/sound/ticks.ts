/** Steps between two labels of a time scale that people read easily, in seconds. */
const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600];

/** What is to be seen of a sound. */
export interface View {
  /** Seconds at the left and right edge, and of the whole. */
  from: number;
  to: number;
  duration: number;
  /** Pixels between the edges. */
  width: number;
}

/**
 * Seconds at which a scale of time carries a label: a round step, none closer than `label` pixels to the next one or
 * running past the end.
 */
export function ticks({ from, to, duration, width }: View, label: number): number[] {
  const seen = to - from;
  if (!(seen > 0) || width < label) return [];
  const least = (label / width) * seen;
  const step = steps.find((one) => one >= least) ?? 600;
  const marks: number[] = [];
  const last = Math.min(to, duration - least * 0.6);
  for (let index = Math.max(0, Math.ceil(from / step - 1e-6)); index * step <= last; index++) {
    marks.push(Math.round(index * step * 10) / 10);
  }
  return marks;
}
