/** Rows of one local day after another, in the order they came. */
export function groupByDay<Row extends { recordedAt: string }>(
  rows: readonly Row[],
  dayKey: (instant: string) => string,
): { key: string; rows: Row[] }[] {
  const groups: { key: string; rows: Row[] }[] = [];
  for (const row of rows) {
    const key = dayKey(row.recordedAt);
    const last = groups.at(-1);
    if (last?.key === key) last.rows.push(row);
    else groups.push({ key, rows: [row] });
  }
  return groups;
}
