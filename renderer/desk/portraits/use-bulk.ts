import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { BulkAction, BulkOutcome } from '../../../shared/domain/inbox.ts';
import { useDesk } from '../desk-context.ts';
import { codeOf } from '../problems.ts';

export interface BulkTarget {
  id: string;
  revision: number;
}
export interface BulkRequest {
  action: BulkAction;
  targets: BulkTarget[];
  tags?: string[];
}
/** Those an act could not change, by why; `request` does it again for them. */
export interface Left {
  why: Exclude<BulkOutcome, 'done' | 'unchanged'>;
  targets: BulkTarget[];
  request: BulkRequest;
}

/** Changes of many portraits: told in one note with one way back, and what was left out kept in sight. */
export function useBulk(onDone: (changed: string[], leave: boolean) => void) {
  const { api, say, format, tell, tellProblem } = useDesk();
  const queries = useQueryClient();
  const [left, setLeft] = useState<Left[]>([]);
  const refresh = () => void queries.invalidateQueries({ queryKey: ['portraits'] });

  async function undo(act: string) {
    try {
      const { outcomes } = await api.library.undoAct({ act });
      const other = outcomes.filter(({ outcome }) => outcome !== 'done').length;
      tell({ text: other === 0 ? say('undone') : say('undoneExcept', { n: format.whole(other) }) });
    } catch (error) {
      if (codeOf(error) === 'UNDONE') tell({ text: say('undoneBefore') });
      else tellProblem(error);
    }
    refresh();
  }

  const run = useMutation({
    mutationFn: (request: BulkRequest) => api.library.bulk({ ...request, tags: request.tags ?? [] }),
    onSuccess({ act, outcomes }, request) {
      const done = outcomes.filter(({ outcome }) => outcome === 'done').map(({ id }) => id);
      const reasons = new Map<Left['why'], BulkTarget[]>();
      for (const { id, revision, outcome } of outcomes) {
        if (outcome === 'done' || outcome === 'unchanged') continue;
        reasons.set(outcome, [...(reasons.get(outcome) ?? []), { id, revision }]);
      }
      setLeft([...reasons].map(([why, targets]) => ({ why, targets, request: { ...request, targets } })));
      if (act !== null) {
        const text = say(`done_${request.action}`, { n: format.whole(done.length) });
        tell({ text, undo: () => void undo(act) });
      } else if (reasons.size === 0) tell({ text: say('doneNothing') });
      refresh();
      // Tagged portraits stay where they are.
      onDone(done, request.action !== 'addTags' && request.action !== 'removeTags');
    },
    onError: tellProblem,
  });

  return { run: run.mutate, busy: run.isPending, left, forget: () => setLeft([]) };
}
