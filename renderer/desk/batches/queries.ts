import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { BatchDetail, ExportJob } from '../../../shared/contract/batches.ts';
import { useDesk } from '../desk-context.ts';
import { codeOf } from '../problems.ts';

/** How often a running export is looked at, in milliseconds. */
const progressMs = 700;

export const underWay = ({ state }: Pick<ExportJob, 'state'>) => state === 'waiting' || state === 'running';

export function useBatches(open: boolean) {
  const { api } = useDesk();
  return useQuery({
    queryKey: ['batches', 'list'],
    queryFn: () => api.batches.list({}),
    enabled: open,
    select: ({ batches }) => batches,
  });
}

export function useBatch(id: string) {
  const { api } = useDesk();
  return useQuery({ queryKey: ['batches', 'one', id], queryFn: () => api.batches.get({ id }) });
}

export function useExports(id: string) {
  const { api } = useDesk();
  return useQuery({
    queryKey: ['batches', 'exports', id],
    queryFn: () => api.batches.exports({ id }),
    refetchInterval: (query) => (query.state.data?.jobs.some(underWay) ? progressMs : false),
  });
}

/** Runs a change of a batch made from its newest revision, one after the other, and puts the answer in its place. */
export function useBatchChange(id: string) {
  const { say, tell, tellProblem } = useDesk();
  const queries = useQueryClient();
  const key = ['batches', 'one', id];
  return useMutation({
    scope: { id: `batch-${id}` },
    mutationFn(change: (batch: BatchDetail) => Promise<BatchDetail>) {
      const batch = queries.getQueryData<BatchDetail>(key);
      if (batch === undefined) throw new Error('a batch that was never read cannot be changed');
      return change(batch);
    },
    onSuccess(batch) {
      queries.setQueryData(key, batch);
      void queries.invalidateQueries({ queryKey: ['batches', 'list'] });
    },
    onError(error) {
      const code = codeOf(error);
      if (code === 'STALE') tell({ text: say('batchStale'), tone: 'bad' });
      else if (code === 'NOT_FOUND') tell({ text: say('batchGone'), tone: 'bad' });
      else tellProblem(error);
      void queries.invalidateQueries({ queryKey: ['batches'] });
    },
  });
}
export type BatchChange = ReturnType<typeof useBatchChange>;
