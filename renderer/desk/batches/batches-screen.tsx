import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { BatchRow } from '../../../shared/contract/batches.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { FoundDraft } from '../drafts/found-draft.tsx';
import { useFormDraft } from '../drafts/use-form-draft.tsx';
import { duration } from '../format.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Empty } from '../parts/empty.tsx';
import { Field } from '../parts/field.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { placeHash } from '../place.ts';
import { BatchScreen } from './batch-screen.tsx';
import { Cover } from './cover.tsx';
import { newBatch } from './fields.ts';
import { useBatches } from './queries.ts';

/** The list of batches, or the chosen one. */
export function BatchesScreen({ chosen }: { chosen: string | null }) {
  return chosen === null ? <BatchList /> : <BatchScreen key={chosen} id={chosen} />;
}

function BatchList() {
  const { say } = useDesk();
  const batches = useBatches(true);
  const [making, setMaking] = useState(false);
  return (
    <div className="work">
      <header className="work-head batch-head">
        <h1>{say('batches')}</h1>
        {(batches.data?.length ?? 0) > 0 && (
          <Button look="main" onClick={() => setMaking(true)}>
            {say('batchNew')}
          </Button>
        )}
      </header>
      {batches.isPending && <p>{say('loading')}</p>}
      {batches.isError && batches.data === undefined && (
        <Trouble error={batches.error} onRetry={() => void batches.refetch()} />
      )}
      {batches.data?.length === 0 && (
        <Empty title={say('batchesEmpty')}>
          <p>{say('batchesEmptyWhy')}</p>
          <Button look="main" onClick={() => setMaking(true)}>
            {say('batchNew')}
          </Button>
        </Empty>
      )}
      {batches.data !== undefined && batches.data.length > 0 && (
        <ul className="batch-list">
          {batches.data.map((batch) => (
            <Row key={batch.id} batch={batch} />
          ))}
        </ul>
      )}
      {making && <NewBatch onClose={() => setMaking(false)} />}
    </div>
  );
}

function Row({ batch }: { batch: BatchRow }) {
  const { say, format } = useDesk();
  return (
    <li>
      <a className="batch-row" href={placeHash({ screen: 'batches', id: batch.id })}>
        <Cover batch={batch} />
        <span className="batch-row-words">
          <strong>{batch.name}</strong>
          <span className="soft">
            {say(`batchPurpose_${batch.purpose}`)} · {format.day(batch.updatedAt)}
          </span>
        </span>
        <span className="batch-row-figures tabular">
          <span>{batch.portraits === 1 ? say('batchPortraitOne') : say('batchPortraits', { n: batch.portraits })}</span>
          <span className="soft">{duration(batch.duration)}</span>
        </span>
      </a>
    </li>
  );
}

function NewBatch({ onClose }: { onClose(): void }) {
  const { api, say, go, tellProblem } = useDesk();
  const queries = useQueryClient();
  const { fields, write, drop } = useFormDraft('new-batch', { name: '' });
  const { name } = fields;
  const [asked, setAsked] = useState(false);
  const create = useMutation({
    mutationFn: () => api.batches.create(newBatch(name)),
    onSuccess(batch) {
      drop();
      queries.setQueryData(['batches', 'one', batch.id], batch);
      void queries.invalidateQueries({ queryKey: ['batches', 'list'] });
      onClose();
      go({ screen: 'batches', id: batch.id });
    },
    onError: tellProblem,
  });
  return (
    <Dialog title={say('batchNew')} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(true);
          if (name.trim() !== '') create.mutate();
        }}
      >
        <FoundDraft names={['new-batch']} />
        <Field
          label={say('batchNewName')}
          value={name}
          onChange={(text) => write({ name: text })}
          maxLength={80}
          autoFocus
          problem={asked && name.trim() === '' ? say('batchNameMissing') : undefined}
        />
        <div className="dialog-foot">
          <Button
            onClick={() => {
              drop();
              onClose();
            }}
          >
            {say('cancel')}
          </Button>
          <Button look="main" type="submit" disabled={create.isPending} keyName={say('keyEnter')}>
            {say('batchCreate')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
