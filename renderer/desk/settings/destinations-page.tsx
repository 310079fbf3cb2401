import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { waitsForPerson } from '../../../shared/domain/delivery.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { Empty } from '../parts/empty.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { PausedBanner } from '../queue/paused-banner.tsx';
import { DestinationForm } from './destination-form.tsx';

/** The sites portraits go to, and the form of the one that is chosen. */
export function DestinationsPage() {
  const { api, say } = useDesk();
  const query = useQuery({ queryKey: ['destinations'], queryFn: () => api.delivery.destinations({}) });
  const list = query.data?.destinations;
  const [chosen, setChosen] = useState<string | 'new' | null>(null);
  if (list === undefined) {
    if (query.isError) return <Trouble error={query.error} onRetry={() => void query.refetch()} />;
    return <p>{say('loading')}</p>;
  }
  const current =
    chosen === 'new' ? undefined : (list.find((one) => one.id === chosen) ?? list.find(waitsForPerson) ?? list[0]);
  const open = chosen === 'new' || current !== undefined;
  return (
    <>
      {list.map((one) => (
        <PausedBanner key={one.id} destination={one} />
      ))}
      {list.length === 0 && chosen !== 'new' ? (
        <Empty title={say('destinationNone')}>
          <p>{say('destinationNoneWhy')}</p>
          <Button look="main" onClick={() => setChosen('new')}>
            {say('destinationAdd')}
          </Button>
        </Empty>
      ) : (
        <ul className="tabs">
          {list.map((one) => (
            <li key={one.id}>
              <button type="button" aria-pressed={one.id === current?.id} onClick={() => setChosen(one.id)}>
                {one.name}
              </button>
            </li>
          ))}
          <li>
            <button type="button" aria-pressed={chosen === 'new'} onClick={() => setChosen('new')}>
              + {say(chosen === 'new' ? 'destinationNew' : 'destinationAdd')}
            </button>
          </li>
        </ul>
      )}
      {open && (
        <DestinationForm
          key={current?.id ?? 'new'}
          destination={current}
          onSaved={setChosen}
          onGone={() => setChosen(null)}
        />
      )}
    </>
  );
}
