import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { BulkAction, BulkOutcome } from '../../../shared/domain/inbox.ts';
import { useDesk } from '../desk-context.ts';
import { sessionOf } from '../editor/use-editing.ts';
import { codeOf } from '../problems.ts';
import { isBeingWritten, transcriptName, useSaveDrafts, WordsNotSaved, wordsName } from '../words/saving.ts';

const writtenNames = (id: string) => [wordsName(id), transcriptName(id)];
const unsavedKeys = { clash: 'wordsClash', failed: 'wordsUnsaved' } as const;

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
  const { api, say, format, tell, tellProblem, drafts } = useDesk();
  const saveDrafts = useSaveDrafts();
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

  /** Montages and words still being written are saved before anything is done; nothing is done where they cannot be. */
  async function saveFirst(targets: BulkTarget[]): Promise<BulkTarget[]> {
    const waiting = targets.filter(({ id }) => writtenNames(id).some((name) => drafts.found(name) !== undefined));
    if (waiting.length > 0) throw new WordsNotSaved('found', waiting.length);
    const saved: BulkTarget[] = [];
    for (const target of targets) saved.push(await saveOne(target));
    return saved;
  }
  async function saveOne({ id, revision }: BulkTarget): Promise<BulkTarget> {
    const editing = sessionOf(drafts, id);
    const before = editing?.revision();
    await editing?.flush();
    const moved = editing !== undefined && before === revision ? editing.revision() : revision;
    if (!isBeingWritten(drafts, id)) return { id, revision: moved };
    const portrait = await api.library.get({ id }).catch((error: unknown) => {
      throw new WordsNotSaved('failed', error);
    });
    const after = await saveDrafts(portrait);
    // A portrait somebody else changed since it was ticked stays stale: it is to be looked at first.
    return { id, revision: portrait.revision === moved ? after : moved };
  }

  const run = useMutation({
    async mutationFn(request: BulkRequest) {
      const targets = await saveFirst(request.targets);
      return api.library.bulk({ ...request, targets, tags: request.tags ?? [] });
    },
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
      if (request.tags !== undefined) drafts.drop('bulk-tags');
      // Tagged portraits stay where they are.
      onDone(done, request.action !== 'addTags' && request.action !== 'removeTags');
    },
    onError(error) {
      if (!(error instanceof WordsNotSaved)) return tellProblem(error);
      const text =
        error.why === 'found'
          ? say('draftsWait', { n: format.whole(Number(error.cause)) })
          : say(unsavedKeys[error.why]);
      tell({ text, tone: 'bad' });
    },
  });

  return { run: run.mutate, busy: run.isPending, left, forget: () => setLeft([]) };
}
