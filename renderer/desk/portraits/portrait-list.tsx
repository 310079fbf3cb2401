import { useEffect, useRef } from 'react';
import type { PortraitRow } from '../../../shared/contract/library.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk, useKey } from '../desk-context.ts';
import { Empty } from '../parts/empty.tsx';
import { Trouble } from '../parts/trouble.tsx';
import type { ViewName } from '../place.ts';
import { groupByDay } from './days.ts';
import { PortraitOption } from './portrait-option.tsx';
import { usePortraitCounts, type usePortraits } from './queries.ts';
import { viewKeys } from './views.ts';

export interface PortraitListProps {
  view: ViewName;
  list: ReturnType<typeof usePortraits>;
  rows: PortraitRow[];
  chosen: string | null;
  typed: string;
  onType(text: string): void;
  onChoose(id: string): void;
}

/** The portraits of a view as one list box: one stop for Tab, arrows inside, the chosen one announced. */
export function PortraitList({ view, list, rows, chosen, typed, onType, onChoose }: PortraitListProps) {
  const { say, format } = useDesk();
  const search = useRef<HTMLInputElement>(null);
  useKey('search', () => search.current?.select());
  const box = useRef<HTMLDivElement>(null);
  const rowCount = rows.length;
  useEffect(() => {
    if (chosen === null || rowCount === 0) return;
    document.getElementById(`row-${chosen}`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen, rowCount]);

  const { isFetchingNextPage, hasNextPage, fetchNextPage } = list;
  const more = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const end = more.current;
    if (end === null || !hasNextPage || isFetchingNextPage) return;
    const watch = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) void fetchNextPage();
      },
      { root: box.current, rootMargin: '400px' },
    );
    watch.observe(end);
    return () => watch.disconnect();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  return (
    <div className="list">
      <h1 className="visually-hidden">{say(viewKeys[view])}</h1>
      <div className="search">
        <input
          ref={search}
          type="search"
          aria-label={say('searchLabel')}
          placeholder={say('search')}
          value={typed}
          onChange={(event) => onType(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' && event.key !== 'Enter') return;
            if (event.key === 'Escape') onType('');
            box.current?.querySelector<HTMLElement>('[role=listbox]')?.focus();
            event.preventDefault();
          }}
        />
        <kbd>/</kbd>
      </div>
      <div className="list-scroll" ref={box}>
        {rows.length > 0 && (
          <div
            className="rows"
            role="listbox"
            tabIndex={0}
            aria-label={say('listLabel')}
            aria-activedescendant={
              chosen !== null && rows.some((row) => row.id === chosen) ? `row-${chosen}` : undefined
            }
          >
            {groupByDay(rows, format.dayKey).map(({ key, rows: ofDay }) => (
              // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a list box
              <div key={key} role="group" aria-labelledby={`day-${key}`}>
                <div className="day" id={`day-${key}`} role="presentation">
                  {dayName(ofDay[0]?.recordedAt ?? key)}
                </div>
                {ofDay.map((row) => (
                  <PortraitOption
                    key={row.id}
                    row={row}
                    selected={row.id === chosen}
                    showState={view === 'all'}
                    onChoose={onChoose}
                  />
                ))}
              </div>
            ))}
          </div>
        )}
        {list.hasNextPage && (
          <div ref={more} className="list-more">
            <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {say(isFetchingNextPage ? 'loading' : 'listMore')}
            </Button>
          </div>
        )}
        <ListMessage view={view} list={list} shown={rows.length} typed={typed} />
      </div>
    </div>
  );

  function dayName(instant: string): string {
    const ago = format.daysAgo(instant);
    if (ago === 0) return `${say('today')}, ${format.day(instant)}`;
    return ago === 1 ? `${say('yesterday')}, ${format.day(instant)}` : format.day(instant);
  }
}

type MessageProps = Pick<PortraitListProps, 'view' | 'list' | 'typed'> & { shown: number };

function ListMessage({ view, list, shown, typed }: MessageProps) {
  const { say } = useDesk();
  const counts = usePortraitCounts(true);
  if (list.isPending) return <p className="list-loading">{say('loading')}</p>;
  if (list.isError && list.data === undefined) {
    return <Trouble error={list.error} onRetry={() => void list.refetch()} />;
  }
  if (shown > 0 || list.hasNextPage) return null;
  if (typed.trim() !== '') return <p className="list-loading">{say('searchNothing', { text: typed.trim() })}</p>;
  const [title, why] =
    counts?.all === 0
      ? (['nothingYet', 'nothingYetWhy'] as const)
      : view === 'toReview'
        ? (['emptyToReview', 'emptyToReviewWhy'] as const)
        : (['emptyView', 'emptyViewWhy'] as const);
  return (
    <Empty title={say(title)}>
      <p>{say(why)}</p>
    </Empty>
  );
}
