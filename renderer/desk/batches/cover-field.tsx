import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { BatchDetail } from '../../../shared/contract/batches.ts';
import { type CoverProblem, coverProblems } from '../../../shared/domain/batch.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';

/** The studio's word for what is wrong with a picture. */
class CoverRefused extends Error {
  readonly problem: CoverProblem;
  constructor(problem: CoverProblem) {
    super(problem);
    this.problem = problem;
  }
}

/** Lets a host give the batch a picture of its own, or go back to the drawing. */
export function CoverField({ batch }: { batch: BatchDetail }) {
  const { api, session, say, tell, tellProblem } = useDesk();
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);

  async function send(picture: File): Promise<void> {
    const token = session.token();
    const answer = await fetch(`/cover/${batch.id}`, {
      method: 'PUT',
      body: picture,
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });
    if (answer.ok) return;
    const { code } = (await answer.json().catch(() => ({}))) as { code?: string };
    const problem = coverProblems.find((one) => one === code);
    throw problem === undefined ? new Error(`the cover was refused: ${answer.status}`) : new CoverRefused(problem);
  }
  const change = useMutation({
    mutationFn: async (picture: File | null) => {
      if (picture === null) await api.batches.removeCover({ id: batch.id });
      else await send(picture);
    },
    onSuccess() {
      void queries.invalidateQueries({ queryKey: ['batches'] });
      tell({ text: say('batchCoverSaved') });
    },
    onError(error) {
      if (error instanceof CoverRefused) tell({ text: say(`cover_${error.problem}`), tone: 'bad' });
      else tellProblem(error);
    },
  });
  return (
    <fieldset className="cover-field" disabled={change.isPending}>
      <legend>{say('batchCover')}</legend>
      <p className="hint">{say('batchCoverHint')}</p>
      <input
        ref={input}
        className="visually-hidden"
        type="file"
        tabIndex={-1}
        aria-label={say('batchCoverChoose')}
        accept="image/jpeg,image/png"
        onChange={(event) => {
          const [picture] = event.target.files ?? [];
          // The same file can be chosen again after it was refused.
          event.target.value = '';
          if (picture !== undefined) change.mutate(picture);
        }}
      />
      <div className="cover-acts">
        <Button onClick={() => input.current?.click()}>{say('batchCoverChoose')}</Button>
        {batch.cover !== null && <Button onClick={() => change.mutate(null)}>{say('batchCoverDrawn')}</Button>}
      </div>
    </fieldset>
  );
}
