import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Api } from '../../api.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { FoundDraft } from '../drafts/found-draft.tsx';
import { useFormDraft } from '../drafts/use-form-draft.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { codeOf, dataOf } from '../problems.ts';
import { newBatch } from './fields.ts';
import { useBatches } from './queries.ts';

/** A choice that is not a batch's id. */
const another = 'new';

/** Adding does not depend on what else was changed meanwhile, so a newer revision is simply taken. */
async function addTo(api: Api, id: string, portraitIds: string[]) {
  for (let turn = 1; ; turn++) {
    const { revision } = await api.batches.get({ id });
    try {
      return await api.batches.add({ id, revision, portraitIds });
    } catch (error) {
      if (codeOf(error) !== 'STALE' || turn === 5) throw error;
    }
  }
}

/** Chooses a batch, or makes one, for one portrait or many. */
export function AddToBatch({ portraitIds, onClose }: { portraitIds: string[]; onClose(): void }) {
  const { api, say, tell, tellProblem } = useDesk();
  const queries = useQueryClient();
  const batches = useBatches(true);
  const [chosen, setChosen] = useState<string | null>(null);
  const { fields, write, drop } = useFormDraft('new-batch', { name: '' });
  const { name } = fields;
  const [asked, setAsked] = useState(false);
  const list = batches.data ?? [];
  // The one changed last is most likely the one wanted.
  const choice = chosen ?? list[0]?.id ?? another;
  const n = portraitIds.length;

  const add = useMutation({
    async mutationFn() {
      const id = choice === another ? (await api.batches.create(newBatch(name))).id : choice;
      return addTo(api, id, portraitIds);
    },
    onSuccess({ batch, added, refused }) {
      if (choice === another) drop();
      void queries.invalidateQueries({ queryKey: ['batches'] });
      const { id, name: batchName } = batch;
      const fresh = portraitIds.filter((one) => batch.items.some((item) => item.portraitId === one));
      const told =
        added === 0
          ? say('addedAlready', { name: batchName })
          : added === 1
            ? say('addedToBatch', { name: batchName })
            : say('addedManyToBatch', { n: added, name: batchName });
      const but = refused.length > 0 ? ` ${say('addRefused', { n: refused.length })}` : '';
      const link = { place: { screen: 'batches', id } as const, text: say('seeBatch') };
      const undo = () =>
        void api.batches.takeOut({ id, revision: batch.revision, portraitIds: fresh }).then(() => {
          void queries.invalidateQueries({ queryKey: ['batches'] });
          tell({ text: say('undone') });
        }, tellProblem);
      // Only what all of this act put there can be taken out again.
      tell({ text: told + but, link, ...(added === n && { undo }) });
      onClose();
    },
    onError(error) {
      const code = codeOf(error);
      if (code === 'FULL') tell({ text: say('batchFull', { most: Number(dataOf(error, 'most')) }), tone: 'bad' });
      else if (code === 'NOT_FOUND') tell({ text: say('batchGone'), tone: 'bad' });
      else tellProblem(error);
      onClose();
    },
  });
  function submit(event: FormEvent): void {
    event.preventDefault();
    setAsked(true);
    if (choice === another && name.trim() === '') return;
    if (!add.isPending) add.mutate();
  }

  return (
    <Dialog title={n === 1 ? say('addToBatch') : say('addToBatchMany', { n })} onClose={onClose}>
      {batches.isPending ? (
        <p>{say('loading')}</p>
      ) : (
        <form onSubmit={submit}>
          <fieldset className="destinations">
            <legend>{say('addToBatchChoose')}</legend>
            {list.map((batch) => (
              <label key={batch.id} className="destination-choice">
                <input type="radio" name="batch" checked={choice === batch.id} onChange={() => setChosen(batch.id)} />
                <span>
                  <strong>{batch.name}</strong>
                  <span className="soft">
                    {batch.portraits === 1 ? say('batchPortraitOne') : say('batchPortraits', { n: batch.portraits })} ·{' '}
                    {say(`batchPurpose_${batch.purpose}`)}
                  </span>
                </span>
              </label>
            ))}
            <label className="destination-choice">
              <input type="radio" name="batch" checked={choice === another} onChange={() => setChosen(another)} />
              <span>
                <strong>{say('addToBatchNew')}</strong>
              </span>
            </label>
          </fieldset>
          {choice === another && <FoundDraft names={['new-batch']} />}
          {choice === another && (
            <Field
              label={say('batchNewName')}
              value={name}
              maxLength={80}
              autoFocus
              onChange={(text) => write({ name: text })}
              problem={asked && name.trim() === '' ? say('batchNameMissing') : undefined}
            />
          )}
          <div className="dialog-foot">
            <Button
              onClick={() => {
                drop();
                onClose();
              }}
            >
              {say('cancel')}
            </Button>
            <Button
              look="main"
              type="submit"
              autoFocus={choice !== another}
              disabled={add.isPending || n === 0}
              keyName={say('keyEnter')}
            >
              {say('addToBatchGo')}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
