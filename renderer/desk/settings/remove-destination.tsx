import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Destination } from '../../../shared/contract/delivery.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { Dialog } from '../parts/dialog.tsx';
import { codeOf, dataOf } from '../problems.ts';

/** Asked twice; refused while deliveries wait for the site. */
export function RemoveDestination({ destination, onGone }: { destination: Destination; onGone(): void }) {
  const { api, say, tell, tellProblem, format } = useDesk();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () => api.delivery.removeDestination({ id: destination.id }),
    onSuccess() {
      void queries.invalidateQueries({ queryKey: ['destinations'] });
      tell({ text: say('destinationRemoved') });
      onGone();
    },
    onError(error) {
      setAsking(false);
      if (codeOf(error) !== 'IN_USE') return tellProblem(error);
      tell({ text: say('destinationInUse', { n: format.whole(Number(dataOf(error, 'waiting') ?? 0)) }), tone: 'bad' });
    },
  });
  return (
    <div className="remove">
      <Button onClick={() => setAsking(true)}>{say('destinationRemove')}</Button>
      {asking && (
        <Dialog title={say('destinationRemove')} onClose={() => setAsking(false)}>
          <p>{say('destinationRemoveSure', { site: destination.name })}</p>
          <div className="dialog-foot">
            <Button onClick={() => setAsking(false)}>{say('cancel')}</Button>
            <Button look="main" disabled={remove.isPending} onClick={() => remove.mutate()}>
              {say('destinationRemoveYes')}
            </Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
