import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Destination } from '../../../shared/contract/delivery.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';

type Better = NonNullable<NonNullable<Destination['hold']>['better']>;

/** Where a site redirects what it is sent, both addresses by name. */
export function RedirectedTo({ better }: { better: Better }) {
  const { say } = useDesk();
  return <p className="addresses">{say('redirectedTo', { ...better })}</p>;
}

/**
 * Takes the address a site goes by, once the organiser says so. Nothing is sent there before; where it is another host,
 * the studio forgets the password and it has to be given again.
 */
export function TakeAddress({ destination, better }: { destination: Destination; better: Better }) {
  const { api, say, tell, tellProblem } = useDesk();
  const queries = useQueryClient();
  const { id, kind, name, user, purpose } = destination;
  const take = useMutation({
    mutationFn: () => api.delivery.saveDestination({ id, kind, name, user, purpose, url: better.to }),
    onSuccess(saved) {
      void queries.invalidateQueries({ queryKey: ['destinations'] });
      void queries.invalidateQueries({ queryKey: ['deliveries'] });
      tell({ text: say(saved.hasPassword ? 'addressTaken' : 'addressNeedsPassword', { to: saved.url }) });
    },
    onError: tellProblem,
  });
  return (
    <Button look="main" disabled={take.isPending} onClick={() => take.mutate()}>
      {say('takeAddress', { to: better.to })}
    </Button>
  );
}
