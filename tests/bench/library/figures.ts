/** The value below which `part` (0 to 1) of the values lie; NaN of none. */
function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;
}

/** Milliseconds in one line: the best beside the rest tells what the machine's other work adds. */
export const told = (values: readonly number[]) =>
  `median ${quantile(values, 0.5).toFixed(1)} ms, p95 ${quantile(values, 0.95).toFixed(1)} ms, best ${quantile(values, 0).toFixed(1)} ms (${values.length})`;

/** What hosts type while measured: names, trades, words of transcripts, of one word and of two. */
export const typed = ['maraîcher', 'cœur équipe', 'vélo', 'menuisière bois', 'odile', 'école hiver', 'tilt'] as const;
