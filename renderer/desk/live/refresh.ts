import type { QueryClient } from '@tanstack/react-query';

/**
 * Asks again for what has changed. A first answer that is still on its way may be from before the change, and the library
 * of queries would take it for fresh: it is shown, and then asked for once more.
 */
export function refresh(queries: QueryClient, stale: readonly string[]): void {
  for (const key of stale) {
    const underWay = queries
      .getQueryCache()
      .findAll({ queryKey: [key], fetchStatus: 'fetching', predicate: ({ state }) => state.data === undefined });
    void queries.invalidateQueries({ queryKey: [key] });
    for (const { queryKey, promise } of underWay) {
      const again = () => queries.invalidateQueries({ queryKey, exact: true });
      void promise?.then(again, again);
    }
  }
}
