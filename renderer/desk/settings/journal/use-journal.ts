import { useInfiniteQuery } from '@tanstack/react-query';
import type { AuditEntry, AuditKind } from '../../../../shared/contract/staff.ts';
import type { Api } from '../../../api.ts';
import { useDesk } from '../../desk-context.ts';

export interface JournalFilter {
  staffId: string;
  kind: AuditKind | '';
  /** A local day, YYYY-MM-DD; empty for any. */
  day: string;
  portrait: { id: string; name: string } | null;
}
export const everything: JournalFilter = { staffId: '', kind: '', day: '', portrait: null };

/** The filter as the call takes it; a day is from one local midnight to the next. */
export function queryOf({ staffId, kind, day, portrait }: JournalFilter) {
  const from = day === '' ? undefined : new Date(`${day}T00:00:00`);
  const until = from === undefined ? undefined : new Date(from.getFullYear(), from.getMonth(), from.getDate() + 1);
  return {
    ...(staffId === '' ? {} : { staffId }),
    ...(kind === '' ? {} : { kind }),
    ...(portrait === null ? {} : { portraitId: portrait.id }),
    ...(from === undefined || until === undefined ? {} : { from: from.toISOString(), until: until.toISOString() }),
  };
}

export function useJournal(filter: JournalFilter) {
  const { api } = useDesk();
  const query = queryOf(filter);
  return useInfiniteQuery({
    queryKey: ['staff', 'journal', query],
    queryFn: ({ pageParam }) => api.staff.audit({ ...query, ...(pageParam === null ? {} : { before: pageParam }) }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => (page.more ? (page.entries.at(-1)?.id ?? null) : null),
    staleTime: 0,
  });
}

/** Every entry the filter answers, page after page. */
export async function wholeJournal(api: Pick<Api, 'staff'>, filter: JournalFilter): Promise<AuditEntry[]> {
  const all: AuditEntry[] = [];
  for (;;) {
    const last = all.at(-1);
    const page = await api.staff.audit({ ...queryOf(filter), limit: 500, ...(last ? { before: last.id } : {}) });
    all.push(...page.entries);
    if (!page.more) return all;
  }
}
