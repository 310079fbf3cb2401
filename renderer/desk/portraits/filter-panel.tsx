import type { Facet, Filters } from '../../../shared/contract/inbox.ts';
import { type FilterName, filterNames } from '../../../shared/domain/inbox.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { valuesOf } from './look.ts';

export interface FilterPanelProps {
  filters: Filters;
  facets: Record<FilterName, Facet> | undefined;
  name(filter: FilterName, value: string): string;
  onToggle(filter: FilterName, value: string): void;
  onClose(): void;
}

/** Every filter with its values and how many portraits each would leave; the list follows every tick at once. */
export function FilterPanel({ filters, facets, name, onToggle, onClose }: FilterPanelProps) {
  const { say, format } = useDesk();
  // One value alone parts nothing; one that is on is shown whatever it leaves, so that it can be taken off.
  const offered = filterNames
    .map((filter) => {
      const found = facets?.[filter] ?? [];
      const hidden = valuesOf(filters, filter).filter((value) => !found.some((one) => one.value === value));
      return { filter, values: [...found, ...hidden.map((value) => ({ value, label: '', count: 0 }))] };
    })
    .filter(
      ({ filter, values }) =>
        values.length > 1 ||
        (values.length === 1 && (filter === 'mark' || filter === 'tag' || valuesOf(filters, filter).length > 0)),
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementInteractions: Escape closes what is open, from anywhere in it
    <section
      id="filters"
      className="filters"
      aria-label={say('filterTitle')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onClose();
      }}
    >
      {offered.length === 0 && <p className="soft">{say('filterNone')}</p>}
      {offered.map(({ filter, values }) => (
        <fieldset key={filter}>
          <legend>{say(`filter_${filter}`)}</legend>
          {values.map(({ value, count }) => (
            <label key={value}>
              <input
                type="checkbox"
                checked={valuesOf(filters, filter).includes(value)}
                onChange={() => onToggle(filter, value)}
              />
              <span className="filter-name">{name(filter, value)}</span>
              <span className="count tabular">{format.whole(count)}</span>
            </label>
          ))}
        </fieldset>
      ))}
      <div className="filters-foot">
        <Button look="main" onClick={onClose}>
          {say('filterDone')}
        </Button>
      </div>
    </section>
  );
}
