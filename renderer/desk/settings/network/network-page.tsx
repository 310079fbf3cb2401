import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { NetworkState } from '../../../../shared/contract/network.ts';
import { Button } from '../../../ui/Button.tsx';
import { useDesk } from '../../desk-context.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { ConnectedDesks } from './connected-desks.tsx';
import { Reach } from './reach.tsx';
import './network.css';

const key = ['network'];

/** The desk on other machines: on or off, how it is reached, and who is there. */
export function NetworkPage() {
  const { api, session, say, format, tellProblem } = useDesk();
  const queries = useQueryClient();
  const signedIn = session.state();
  const organiser = signedIn.status === 'in' && signedIn.role === 'organiser';
  const network = useQuery({ queryKey: key, queryFn: () => api.network.state({}), refetchInterval: 15_000 });
  const act = useMutation({
    mutationFn: (call: () => Promise<NetworkState>) => call(),
    onSuccess: (state) => queries.setQueryData(key, state),
    onError: tellProblem,
  });
  if (network.data === undefined) {
    if (network.isError) return <Trouble error={network.error} onRetry={() => void network.refetch()} />;
    return <p>{say('loading')}</p>;
  }
  const state = network.data;
  const { on, until, problem, locked } = state;
  return (
    <>
      <p className="soft settings-intro">{say('networkWhy')}</p>
      <section className="network-switch" data-on={on}>
        <p role="status">
          <strong>{on && until !== null ? say('networkOn', { time: format.time(until) }) : say('networkOff')}</strong>{' '}
          <span className="soft">{say('networkEnds')}</span>
        </p>
        {organiser ? (
          <Button
            look={on ? 'equal' : 'main'}
            disabled={act.isPending}
            onClick={() => act.mutate(() => (on ? api.network.switchOff({}) : api.network.switchOn({})))}
          >
            {say(on ? 'networkSwitchOff' : 'networkSwitchOn')}
          </Button>
        ) : (
          <p className="soft">{say('networkAlone')}</p>
        )}
      </section>
      {problem !== null && (
        <p className="explain" role="alert">
          {say(problem === 'noNetwork' ? 'networkNone' : 'networkNotOpened')}
        </p>
      )}
      {locked && (
        <div className="network-locked" role="alert">
          <p>{say('networkLocked')}</p>
          {organiser && (
            <Button disabled={act.isPending} onClick={() => act.mutate(() => api.network.unlock({}))}>
              {say('networkUnlock')}
            </Button>
          )}
        </div>
      )}
      {on && state.addresses.length > 0 && <Reach addresses={state.addresses} fingerprint={state.fingerprint ?? ''} />}
      {on && <ConnectedDesks desks={state.desks} mayDisconnect={organiser} />}
    </>
  );
}
