import type { Filters, PortraitQuery } from '../../../shared/contract/inbox.ts';
import { type FilterName, filterNames, mostValues, type Sort, sorts } from '../../../shared/domain/inbox.ts';
import { type ViewName, viewNames } from '../place.ts';

/** How a list is looked at, apart from what is searched for. */
export interface Look {
  sort: Sort;
  filters: Filters;
}
export type Looks = Partial<Record<ViewName, Look>>;

export const usualLook: Look = { sort: 'newest', filters: {} };

/** Reads remembered looks; what cannot be read is as usual. */
export function readLooks(found: unknown): Looks {
  if (typeof found !== 'object' || found === null) return {};
  const looks: Looks = {};
  for (const view of viewNames) {
    const look: unknown = (found as Record<string, unknown>)[view];
    if (typeof look !== 'object' || look === null) continue;
    const { sort, filters } = look as Record<string, unknown>;
    looks[view] = { sort: sorts.find((one) => one === sort) ?? usualLook.sort, filters: readFilters(filters) };
  }
  return looks;
}

function readFilters(found: unknown): Filters {
  if (typeof found !== 'object' || found === null) return {};
  return filterNames.reduce<Filters>((filters, name) => {
    const values: unknown = (found as Record<string, unknown>)[name];
    const texts = Array.isArray(values) ? values.filter((value) => typeof value === 'string') : [];
    return texts.length === 0 ? filters : withValues(filters, name, texts.slice(0, mostValues));
  }, {});
}

/** The values as the contract types them; the studio refuses what it does not know. */
function withValues(filters: Filters, name: FilterName, values: readonly string[]): Filters {
  const { [name]: _, ...others } = filters;
  return values.length === 0 ? others : ({ ...others, [name]: values } as Filters);
}

export const valuesOf = (filters: Filters, name: FilterName): readonly string[] => filters[name] ?? [];

/** Puts a value of a filter in or out. */
export function toggleFilter(filters: Filters, name: FilterName, value: string): Filters {
  const values = valuesOf(filters, name);
  const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value].slice(-mostValues);
  return withValues(filters, name, next);
}

/** Every active filter, one a value. */
export function activeFilters(filters: Filters): { name: FilterName; value: string }[] {
  return filterNames.flatMap((name) => valuesOf(filters, name).map((value) => ({ name, value })));
}

/** What is asked of the studio. */
export function queryOf(view: ViewName, look: Look, words: string): PortraitQuery {
  return {
    ...(view !== 'all' && { state: view }),
    ...(words.trim() !== '' && { words: words.trim().slice(0, 200) }),
    ...(activeFilters(look.filters).length > 0 && { filters: look.filters }),
  };
}
