import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useDesk } from '../desk-context.ts';

// Under `portraits`, so that every change of a portrait makes them stale too.
const overviewKey = ['portraits', 'consent'];

/** What is allowed of a portrait, and how it came to be. */
export function useConsent(id: string) {
  const { api } = useDesk();
  return useQuery({ queryKey: ['portraits', 'consent', id], queryFn: () => api.consent.of({ id }) });
}

export function useOverview(open: boolean) {
  const { api } = useDesk();
  return useQuery({ queryKey: overviewKey, queryFn: () => api.consent.overview({}), enabled: open });
}

/** How much of it asks for a host: what ends soon, withdrawals to follow, and copies that somebody must see to. */
export function useConsentCount(open: boolean): { all: number; copies: number } {
  const { data } = useOverview(open);
  const { coming = [], followUps = [] } = data ?? {};
  const copies = followUps.reduce((sum, { handedOver }) => sum + handedOver.length, 0);
  return { all: coming.length + followUps.length, copies };
}

/**
 * Everything that shows portraits is asked for anew; done when what is in sight has come. A dialog closes after it, so
 * that a quick hand does not act on what stood there before.
 */
export function useRefresh(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: ['portraits'] }),
      queries.invalidateQueries({ queryKey: ['deliveries'] }),
    ]);
  };
}
