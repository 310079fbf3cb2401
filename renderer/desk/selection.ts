/** The id `step` places after (before, when negative) this one; the ends hold. The first when none is chosen. */
export function neighbour(ids: readonly string[], id: string | null, step: number): string | null {
  const at = id === null ? -1 : ids.indexOf(id);
  if (at < 0) return ids[0] ?? null;
  return ids[Math.max(0, Math.min(ids.length - 1, at + step))] ?? null;
}

/** Who is chosen when `id` leaves the list: the one after it, else the one before, else none. */
export function afterLeaving(ids: readonly string[], id: string): string | null {
  const at = ids.indexOf(id);
  if (at < 0) return ids[0] ?? null;
  return ids[at + 1] ?? ids[at - 1] ?? null;
}

/** Several portraits chosen at once, each with the revision it was chosen at; ranges go from the anchor. */
export interface Picked {
  revisions: ReadonlyMap<string, number>;
  anchor: string | null;
}
export const nonePicked: Picked = { revisions: new Map(), anchor: null };

type Target = { id: string; revision: number };

/** Puts one in or out. */
export function togglePicked({ revisions }: Picked, target: Target): Picked {
  const next = new Map(revisions);
  if (!next.delete(target.id)) next.set(target.id, target.revision);
  return { revisions: next, anchor: target.id };
}

/** Everything between the anchor (else the one being looked at) and this one. */
export function extendPicked(picked: Picked, rows: readonly Target[], chosen: string | null, to: string): Picked {
  const at = (id: string | null) => rows.findIndex((row) => row.id === id);
  const end = at(to);
  if (end < 0) return picked;
  const known = [picked.anchor, chosen, to].find((id) => at(id) >= 0) ?? to;
  const begin = at(known);
  const range = rows.slice(Math.min(begin, end), Math.max(begin, end) + 1);
  return { revisions: new Map(range.map((row) => [row.id, row.revision])), anchor: known };
}
