/** Parts of a draft that say nothing to a reader: what was stored when it was begun, ids, keys, figures. */
const silent = new Set(['base', 'id', 'key', 'cooperativeId', 'portraitIds', 'origin', 'language', 'kind', 'purpose']);

/** The texts a host wrote, in the order of the form. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return Object.entries(value).flatMap(([key, inner]) => (silent.has(key) ? [] : textsIn(inner)));
}
