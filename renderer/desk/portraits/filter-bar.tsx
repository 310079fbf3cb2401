import { type RefObject, useRef, useState } from 'react';
import { type FilterName, type Sort, sorts } from '../../../shared/domain/inbox.ts';
import { useDesk, useKey } from '../desk-context.ts';
import { ImportButton } from '../import/import-button.tsx';
import { valueName } from './filter-names.ts';
import { FilterPanel } from './filter-panel.tsx';
import { activeFilters, type Look, toggleFilter } from './look.ts';
import type { useFacets } from './queries.ts';

export interface FilterBarProps {
  typed: string;
  look: Look;
  facets: ReturnType<typeof useFacets>['data'];
  /** How many portraits are listed, once it is known. */
  count: number | undefined;
  /** Where the focus goes when one is done typing. */
  list: RefObject<HTMLElement | null>;
  onType(text: string): void;
  /** Enter was pressed in the search. */
  onEnter(): void;
  onLook(look: Look): void;
}

/** What is searched for, what is filtered and in which order: always in sight, each of it taken back by one touch. */
export function FilterBar({ typed, look, facets, count, list, onType, onEnter, onLook }: FilterBarProps) {
  const { say, format } = useDesk();
  const search = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState(false);
  useKey('search', () => search.current?.select());
  const active = activeFilters(look.filters);
  const name = (filter: FilterName, value: string) => valueName(filter, value, facets?.facets[filter], say, format);
  const toggle = (filter: FilterName, value: string) =>
    onLook({ ...look, filters: toggleFilter(look.filters, filter, value) });
  const backToList = () => list.current?.querySelector<HTMLElement>('[role=listbox]')?.focus();
  return (
    <div className="finder">
      <div className="search">
        <input
          ref={search}
          type="search"
          aria-label={say('searchLabel')}
          placeholder={say('search')}
          value={typed}
          maxLength={200}
          onChange={(event) => onType(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' && event.key !== 'Enter') return;
            if (event.key === 'Escape') onType('');
            else onEnter();
            backToList();
            event.preventDefault();
          }}
        />
        <kbd>/</kbd>
      </div>
      <div className="finder-tools">
        <button type="button" aria-expanded={open} aria-controls="filters" onClick={() => setOpen(!open)}>
          {active.length === 0 ? say('filter') : say('filterCount', { n: active.length })}
        </button>
        <select
          aria-label={say('sortLabel')}
          value={look.sort}
          onChange={(event) => onLook({ ...look, sort: event.target.value as Sort })}
        >
          {sorts.map((sort) => (
            <option key={sort} value={sort}>
              {say(`sort_${sort}`)}
            </option>
          ))}
        </select>
        <ImportButton />
        <span className="finder-count tabular" role="status">
          {count === 1 ? say('shownOne') : count === undefined ? '' : say('shownCount', { n: format.whole(count) })}
        </span>
      </div>
      {active.length > 0 && (
        <ul className="chips">
          {active.map(({ name: filter, value }) => (
            <li key={`${filter} ${value}`}>
              <button
                type="button"
                className="chip"
                aria-label={say('filterOff', { value: name(filter, value) })}
                onClick={() => toggle(filter, value)}
              >
                {name(filter, value)} <span aria-hidden="true">✕</span>
              </button>
            </li>
          ))}
          {active.length > 1 && (
            <li>
              <button type="button" className="chip chip-all" onClick={() => onLook({ ...look, filters: {} })}>
                {say('filterClear')}
              </button>
            </li>
          )}
        </ul>
      )}
      {open && (
        <FilterPanel
          filters={look.filters}
          facets={facets?.facets}
          name={name}
          onToggle={toggle}
          onClose={() => {
            setOpen(false);
            backToList();
          }}
        />
      )}
    </div>
  );
}
