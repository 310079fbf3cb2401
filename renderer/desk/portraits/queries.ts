import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { PortraitState } from '../../../shared/domain/portrait.ts';
import { useDesk } from '../desk-context.ts';
import type { ViewName } from '../place.ts';

/** Rows asked for at a time. */
const pageSize = 60;

/** The portraits of a view, newest first, page by page. */
export function usePortraits(view: ViewName) {
  const { api } = useDesk();
  return useInfiniteQuery({
    queryKey: ['portraits', 'list', view],
    queryFn: ({ pageParam }) =>
      api.library.list({
        limit: pageSize,
        ...(view !== 'all' && { state: view }),
        ...(pageParam !== null && { before: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last.more ? (last.rows.at(-1)?.id ?? null) : null),
  });
}

export function usePortrait(id: string) {
  const { api } = useDesk();
  return useQuery({ queryKey: ['portraits', 'one', id], queryFn: () => api.library.get({ id }) });
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
