import { useDesk } from '../desk-context.ts';
import { Empty } from '../parts/empty.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { placeHash, type ViewName, viewNames } from '../place.ts';
import { usePortraitCounts, type usePortraits } from './queries.ts';
import { viewKeys } from './views.ts';

export interface ListMessageProps {
  view: ViewName;
  list: ReturnType<typeof usePortraits>;
  shown: number;
  /** What is searched for, and whether filters are on. */
  words: string;
  filtered: boolean;
  /** How many portraits of each view pass the search and the filters. */
  passing: Record<ViewName, number> | undefined;
  onClearFilters(): void;
}

/** What a list without rows says: still coming, trouble, nothing found, or nothing there. */
export function ListMessage({ view, list, shown, words, filtered, passing, onClearFilters }: ListMessageProps) {
  const { say, format } = useDesk();
  const counts = usePortraitCounts(true);
  if (list.isPending) return <p className="list-loading">{say('loading')}</p>;
  if (list.isError && list.data === undefined) {
    return <Trouble error={list.error} onRetry={() => void list.refetch()} />;
  }
  if (shown > 0) return list.isFetchingNextPage ? <p className="list-loading">{say('loading')}</p> : null;
  if (words !== '' || filtered) {
    const elsewhere = viewNames.filter((name) => name !== view && name !== 'all' && (passing?.[name] ?? 0) > 0);
    return (
      <div className="list-nothing">
        <p>{words === '' ? say('filteredNothing') : say('searchNothing', { text: words })}</p>
        {elsewhere.length > 0 && (
          <p>
            {say('matchElsewhere')}{' '}
            {elsewhere.map((name) => (
              <a key={name} href={placeHash({ screen: 'portraits', view: name, id: null })}>
                {say(viewKeys[name])} ({format.whole(passing?.[name] ?? 0)})
              </a>
            ))}
          </p>
        )}
        {filtered && (
          <button type="button" className="list-clear" onClick={onClearFilters}>
            {say('filterClear')}
          </button>
        )}
      </div>
    );
  }
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
