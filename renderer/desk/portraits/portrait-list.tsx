import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { memo, type ReactNode, useEffect, useRef } from 'react';
import type { ListedRow } from '../../../shared/contract/inbox.ts';
import { useDesk } from '../desk-context.ts';
import type { ViewName } from '../place.ts';
import { PortraitOption, type RowAct } from './portrait-option.tsx';
import { useAnchor } from './use-anchor.ts';

export interface PortraitListProps {
  view: ViewName;
  /** Names what is listed: another search or order is another list. */
  look: string;
  /** There are more than `rows`, and they are being fetched. */
  hasMore: boolean;
  fetching: boolean;
  onMore(): void;
  rows: readonly ListedRow[];
  /** How many there are, as far as is known. */
  count: number;
  chosen: string | null;
  /** Days are told between rows where the order follows time. */
  byDay: boolean;
  picked: ReadonlyMap<string, number>;
  playing: string | null;
  terms: readonly string[];
  /** The search these rows answer; read by what measures how long an answer takes. */
  words: string;
  onAct(act: RowAct, row: ListedRow): void;
  /** What stands below the rows, or in place of them. */
  children: ReactNode;
}

/** Height of a row nobody has measured yet, in pixels; rows kept ready above and below; rows before the end to go on. */
const usualHeight = 116;
const ready = 4;
const nearEnd = 10;

/** The portraits of a view as one list box: one stop for Tab, arrows inside. Only what is in sight is drawn. */
export const PortraitList = memo(function PortraitList(props: PortraitListProps) {
  const {
    view,
    look,
    hasMore,
    fetching,
    onMore,
    rows,
    count,
    chosen,
    byDay,
    picked,
    playing,
    terms,
    words,
    onAct,
    children,
  } = props;
  const { say, format } = useDesk();
  const box = useRef<HTMLDivElement>(null);
  const at = rows.findIndex((row) => row.id === chosen);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => usualHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: ready,
    // The one that is looked at stays there for screen readers, however far one scrolls.
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      return at < 0 || shown.includes(at) ? shown : [...shown, at].sort((one, other) => one - other);
    },
  });
  const ids = useStableIds(rows);
  const { arrived, above } = useAnchor(ids, look, virtual);

  // To the chosen one when another is chosen, not when rows come and go.
  const went = useRef('');
  useEffect(() => {
    const target = `${view} ${chosen}`;
    if (at < 0 || went.current === target) return;
    went.current = target;
    // Asking where to scroll lays out the page; for a row in sight there is nothing to ask.
    const row = virtual.measurementsCache[at];
    const top = virtual.scrollOffset ?? 0;
    const bottom = top + (virtual.scrollRect?.height ?? 0);
    if (row === undefined || row.start < top || row.end > bottom) virtual.scrollToIndex(at, { align: 'auto' });
  }, [at, chosen, view, virtual]);

  const items = virtual.getVirtualItems();
  const end = items.findLast((item) => item.index !== at)?.index ?? items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !fetching && end >= rows.length - nearEnd) onMore();
  }, [end, rows.length, hasMore, fetching, onMore]);

  function dayName(instant: string): string {
    const ago = format.daysAgo(instant);
    if (ago === 0) return `${say('today')}, ${format.day(instant)}`;
    return ago === 1 ? `${say('yesterday')}, ${format.day(instant)}` : format.day(instant);
  }
  /** The day a row begins, if it is the first of it. */
  function dayBefore(index: number): string | null {
    const [row, last] = [rows[index], rows[index - 1]];
    if (!byDay || row === undefined) return null;
    return last !== undefined && format.dayKey(last.recordedAt) === format.dayKey(row.recordedAt)
      ? null
      : dayName(row.recordedAt);
  }

  return (
    <div className="list-scroll" ref={box} data-words={words}>
      {above > 0 && (
        <div className="list-above">
          <button type="button" onClick={() => virtual.scrollToOffset(0)}>
            ↑ {say('arrived', { n: format.whole(above) })}
          </button>
        </div>
      )}
      {rows.length > 0 && (
        <div
          className="rows"
          role="listbox"
          tabIndex={0}
          aria-label={say('listLabel')}
          aria-multiselectable="true"
          aria-activedescendant={at < 0 ? undefined : `row-${chosen}`}
          style={{ height: virtual.getTotalSize() }}
        >
          {items.map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            const day = dayBefore(item.index);
            return (
              <div
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                className="row-place"
                role="presentation"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {day !== null && (
                  <div className="day" aria-hidden="true">
                    {day}
                  </div>
                )}
                <PortraitOption
                  row={row}
                  selected={picked.size === 0 ? row.id === chosen : picked.has(row.id)}
                  current={row.id === chosen}
                  playing={row.id === playing}
                  picking={picked.size > 0}
                  showState={view === 'all'}
                  arrived={arrived.has(row.id)}
                  terms={terms}
                  place={item.index + 1}
                  count={Math.max(count, rows.length)}
                  onAct={onAct}
                />
              </div>
            );
          })}
        </div>
      )}
      {children}
    </div>
  );
});

/** The rows' ids, the same array while they are the same. */
function useStableIds(rows: readonly ListedRow[]): readonly string[] {
  const last = useRef<readonly string[]>([]);
  const same = last.current.length === rows.length && rows.every((row, index) => row.id === last.current[index]);
  if (!same) last.current = rows.map((row) => row.id);
  return last.current;
}
