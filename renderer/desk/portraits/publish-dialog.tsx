import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Delivery, Destination } from '../../../shared/contract/delivery.ts';
import type { PortraitDetail } from '../../../shared/contract/library.ts';
import type { GateRefusal } from '../../../shared/domain/consent.ts';
import { Button } from '../../ui/Button.tsx';
import { refusalKeys } from '../consent/purposes.ts';
import { useDesk } from '../desk-context.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { codeOf, dataOf } from '../problems.ts';
import { useQueue } from '../queue/queries.ts';

/** Where the portrait should appear; without any destination it says so and shows the way. */
export function PublishDialog({ portrait, onClose }: { portrait: PortraitDetail; onClose(): void }) {
  const { api, say, go } = useDesk();
  const destinations = useQuery({ queryKey: ['destinations'], queryFn: () => api.delivery.destinations({}) });
  const list = destinations.data?.destinations;
  return (
    <Dialog title={say('publishTitle')} onClose={onClose}>
      {list === undefined ? (
        destinations.isError ? (
          <Trouble error={destinations.error} onRetry={() => void destinations.refetch()} />
        ) : (
          <p>{say('loading')}</p>
        )
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
        <Choice portrait={portrait} destinations={list} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface ChoiceProps {
  portrait: PortraitDetail;
  destinations: Destination[];
  onClose(): void;
}

function Choice({ portrait, destinations, onClose }: ChoiceProps) {
  const { api, say, tell, tellProblem } = useDesk();
  const queries = useQueryClient();
  const queue = useQueue(true);
  const deliveryTo = (destination: Destination) =>
    queue.data?.find((one) => one.portraitId === portrait.id && one.destinationId === destination.id);
  const free = destinations.filter((one) => !taken(deliveryTo(one)));
  const [chosen, setChosen] = useState<string | null>(null);
  const choice = chosen ?? free[0]?.id ?? null;

  const publish = useMutation({
    mutationFn: (destinationId: string) => api.delivery.publish({ portraitId: portrait.id, destinationId }),
    onSuccess(delivery) {
      void queries.invalidateQueries({ queryKey: ['deliveries'] });
      void queries.invalidateQueries({ queryKey: ['portraits'] });
      tell({
        text: say('publishQueued', { site: delivery.destination }),
        link: { place: { screen: 'queue' }, text: say('seeQueue') },
      });
      onClose();
    },
    onError(error) {
      const code = codeOf(error);
      if (code === 'NO_CONSENT') tell({ text: say(refusalKeys[dataOf(error, 'why') as GateRefusal]), tone: 'bad' });
      else if (code === 'WRONG_STATE') tell({ text: say('publishNeedsApproval'), tone: 'bad' });
      else if (code === 'NOT_FOUND') tell({ text: say('portraitGone'), tone: 'bad' });
      else tellProblem(error);
      onClose();
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (choice !== null) publish.mutate(choice);
  }

  return (
    <form onSubmit={submit}>
      <fieldset className="destinations">
        <legend>{say('publishWhere')}</legend>
        {destinations.map((destination) => {
          const delivery = deliveryTo(destination);
          return (
            <label key={destination.id} className="destination-choice">
              <input
                type="radio"
                name="destination"
                checked={choice === destination.id}
                disabled={taken(delivery)}
                onChange={() => setChosen(destination.id)}
              />
              <span>
                <strong>{destination.name}</strong>
                <span className="soft">{destination.url}</span>
              </span>
              {destination.paused !== null && <span className="mark mark-warn">{say('publishPaused')}</span>}
              {taken(delivery) && (
                <span className="mark">{say(delivery?.state === 'done' ? 'publishDone' : 'publishUnderWay')}</span>
              )}
            </label>
          );
        })}
      </fieldset>
      <div className="dialog-foot">
        <Button onClick={onClose}>{say('cancel')}</Button>
        <Button
          look="main"
          type="submit"
          autoFocus
          disabled={choice === null || publish.isPending}
          keyName={say('keyEnter')}
        >
          {say('publishGo')}
        </Button>
      </div>
    </form>
  );
}

/** A portrait goes to a destination once; what failed or was cancelled may be sent again. */
function taken(delivery: Delivery | undefined): boolean {
  return delivery !== undefined && ['waiting', 'running', 'done'].includes(delivery.state);
}
