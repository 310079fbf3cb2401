import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ConnectedDesk } from '../../../../shared/contract/network.ts';
import { Button } from '../../../ui/Button.tsx';
import { useDesk } from '../../desk-context.ts';
import { codeOf } from '../../problems.ts';
import { deviceName } from './address.ts';

/** The desks that are signed in over the network; an organiser can send one away. */
export function ConnectedDesks({ desks, mayDisconnect }: { desks: ConnectedDesk[]; mayDisconnect: boolean }) {
  const { api, say, format, tell, tellProblem } = useDesk();
  const queries = useQueryClient();
  const disconnect = useMutation({
    mutationFn: (desk: ConnectedDesk) => api.network.disconnect({ id: desk.id }),
    onSuccess(state, { name }) {
      queries.setQueryData(['network'], state);
      tell({ text: say('networkDisconnected', { name }) });
    },
    onError(error) {
      void queries.invalidateQueries({ queryKey: ['network'] });
      if (codeOf(error) === 'NOT_FOUND') tell({ text: say('networkGone') });
      else tellProblem(error);
    },
  });
  return (
    <section aria-labelledby="network-desks">
      <h2 id="network-desks">{say('networkDesks')}</h2>
      {desks.length === 0 && <p className="soft">{say('networkNoDesk')}</p>}
      <ul className="connected">
        {desks.map((desk) => (
          <li key={desk.id}>
            <div>
              <h3>
                {desk.name}
                {desk.own && <span className="member-mark">{say('networkThis')}</span>}
              </h3>
              <p className="soft tabular" title={desk.device}>
                {deviceName(desk.device) ?? say('networkDevice')} · {desk.address} ·{' '}
                {say('networkSince', { time: format.time(desk.since) })} ·{' '}
                {say('networkSeen', { time: format.time(desk.lastSeen) })}
              </p>
            </div>
            {mayDisconnect && (
              <Button
                aria-label={say('networkDisconnectOf', { name: desk.name })}
                disabled={disconnect.isPending}
                onClick={() => disconnect.mutate(desk)}
              >
                {say('networkDisconnect')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
