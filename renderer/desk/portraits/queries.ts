import { skipToken, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Cursor, PortraitQuery } from '../../../shared/contract/inbox.ts';
import type { Sort } from '../../../shared/domain/inbox.ts';
import type { PortraitState } from '../../../shared/domain/portrait.ts';
import { useDesk } from '../desk-context.ts';
import type { ViewName } from '../place.ts';

/** Rows asked for first: somewhat more than a screen, and little enough to be there before the next key. */
const firstRows = 24;
/** Rows asked for at a time by who goes on: a few screens. */
const moreRows = 60;
/** Milliseconds a search's rows are kept once another letter is typed. */
const searchKept = 20_000;

/** The portraits of a view, page by page. While another search is under way, the last one's rows stay. */
export function usePortraits(view: ViewName, query: PortraitQuery, sort: Sort) {
  const { api } = useDesk();
  return useInfiniteQuery({
    queryKey: ['portraits', 'list', view, query, sort],
    queryFn: ({ pageParam, signal }) =>
      api.library.list(
        { ...query, sort, ...(pageParam === null ? { limit: firstRows } : { limit: moreRows, after: pageParam }) },
        { signal },
      ),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (last) => last.next,
    placeholderData: (last, lastQuery) => (lastQuery?.queryKey[2] === view ? last : undefined),
    ...(query.words !== undefined && { gcTime: searchKept }),
  });
}

/** What the list can be narrowed by, with counts. */
export function useFacets(query: PortraitQuery) {
  const { api } = useDesk();
  return useQuery({
    queryKey: ['portraits', 'facets', query],
    queryFn: ({ signal }) => api.library.facets(query, { signal }),
    placeholderData: (last) => last,
    ...(query.words !== undefined && { gcTime: searchKept }),
  });
}

export function usePortrait(id: string | null) {
  const { api } = useDesk();
  return useQuery({
    queryKey: ['portraits', 'one', id],
    queryFn: id === null ? skipToken : () => api.library.get({ id }),
  });
}

/** How many portraits stand in each view. */
export function countViews(counts: Partial<Record<PortraitState, number>>): Record<ViewName, number> {
  const { toReview = 0, approved = 0, published = 0, rejected = 0, withdrawn = 0 } = counts;
  const all = toReview + approved + published + rejected + withdrawn;
  return { toReview, approved, published, rejected, withdrawn, all };
}

export function usePortraitCounts(open: boolean): Record<ViewName, number> | undefined {
  const { api } = useDesk();
  return useQuery({
    queryKey: ['portraits', 'counts'],
    queryFn: () => api.library.list({ limit: 1 }),
    enabled: open,
    select: ({ counts }) => countViews(counts),
  }).data;
}
