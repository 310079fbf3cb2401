import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Destination } from '../../../shared/contract/delivery.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk, usePlace } from '../desk-context.ts';
import { placeHash } from '../place.ts';

const why = { login: 'pausedLogin', role: 'pausedRole', host: 'pausedHost' } as const;

/** A destination that waits for a person, why, and the way on. */
export function PausedBanner({ destination }: { destination: Destination }) {
  const { api, say, tell, tellProblem } = useDesk();
  const place = usePlace();
  const queries = useQueryClient();
  const resume = useMutation({
    mutationFn: () => api.delivery.resumeDestination({ id: destination.id }),
    onSuccess() {
      void queries.invalidateQueries({ queryKey: ['destinations'] });
      void queries.invalidateQueries({ queryKey: ['deliveries'] });
      tell({ text: say('resumed', { site: destination.name }) });
    },
    onError: tellProblem,
  });
  if (destination.paused === null) return null;
  return (
    <div className="banner banner-bad" role="status">
      <p>{say(why[destination.paused], { site: destination.name })}</p>
      {destination.paused !== 'host' && place.screen !== 'settings' && (
        <a className="button button-quiet" href={placeHash({ screen: 'settings', page: 'destinations' })}>
          {say('fixDestination')}
        </a>
      )}
      <Button look="main" disabled={resume.isPending} onClick={() => resume.mutate()}>
        {say('resume')}
      </Button>
    </div>
  );
}
