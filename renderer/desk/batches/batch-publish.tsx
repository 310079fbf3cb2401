import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { BatchDetail } from '../../../shared/contract/batches.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { Dialog } from '../parts/dialog.tsx';
import { LeftOutList } from './left-out.tsx';

/** Queues the batch at a destination, and says who stays. */
export function BatchPublish({ batch }: { batch: BatchDetail }) {
  const { say } = useDesk();
  const [open, setOpen] = useState(false);
  return (
    <section className="batch-card" aria-labelledby="batch-publish">
      <h2 id="batch-publish">{say('batchPublish')}</h2>
      <Button disabled={batch.items.length === 0} onClick={() => setOpen(true)}>
        {say('batchPublish')}…
      </Button>
      {open && <PublishDialog batch={batch} onClose={() => setOpen(false)} />}
    </section>
  );
}

function PublishDialog({ batch, onClose }: { batch: BatchDetail; onClose(): void }) {
  const { api, say, go, tell, tellProblem } = useDesk();
  const queries = useQueryClient();
  const destinations = useQuery({ queryKey: ['destinations'], queryFn: () => api.delivery.destinations({}) });
  const list = destinations.data?.destinations ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const choice = chosen ?? list[0]?.id ?? null;
  const site = list.find((one) => one.id === choice)?.name ?? '';
  const leftOut = batch.items
    .filter((item) => item.blockers.length > 0)
    .map(({ portraitId, title, name, blockers }) => ({ portraitId, title: title || name, blockers }));
  const publish = useMutation({
    mutationFn: (destinationId: string) => api.batches.publish({ id: batch.id, destinationId }),
    onSuccess({ queued, leftOut: left }) {
      void queries.invalidateQueries({ queryKey: ['deliveries'] });
      const queuedText =
        queued === 1 ? say('batchPublishQueuedOne', { site }) : say('batchPublishQueued', { n: queued, site });
      const stay = left.length > 0 ? ` ${say('batchPublishLeft', { n: left.length })}` : '';
      if (queued === 0) tell({ text: say('batchPublishNone'), tone: 'bad' });
      else tell({ text: queuedText + stay, link: { place: { screen: 'queue' }, text: say('seeQueue') } });
      onClose();
    },
    onError(error) {
      tellProblem(error);
      onClose();
    },
  });

  return (
    <Dialog title={say('batchPublish')} onClose={onClose}>
      {destinations.isPending ? (
        <p>{say('loading')}</p>
      ) : list.length === 0 ? (
        <>
          <p>
            {say('publishNone')} {say('publishNoneWhy')}
          </p>
          <div className="dialog-foot">
            <Button onClick={onClose}>{say('close')}</Button>
            <Button look="main" onClick={() => go({ screen: 'settings', page: 'destinations' })}>
              {say('publishSettings')}
            </Button>
          </div>
        </>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (choice !== null) publish.mutate(choice);
          }}
        >
          <fieldset className="destinations">
            <legend>{say('publishWhere')}</legend>
            {list.map((destination) => (
              <label key={destination.id} className="destination-choice">
                <input
                  type="radio"
                  name="destination"
                  checked={choice === destination.id}
                  onChange={() => setChosen(destination.id)}
                />
                <span>
                  <strong>{destination.name}</strong>
                  <span className="soft">{destination.url}</span>
                </span>
                {destination.paused !== null && <span className="mark mark-warn">{say('publishPaused')}</span>}
              </label>
            ))}
          </fieldset>
          <LeftOutList leftOut={leftOut} />
          <div className="dialog-foot">
            <Button onClick={onClose}>{say('cancel')}</Button>
            <Button
              look="main"
              type="submit"
              disabled={publish.isPending || choice === null || leftOut.length === batch.items.length}
              keyName={say('keyEnter')}
            >
              {say('publishGo')}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
