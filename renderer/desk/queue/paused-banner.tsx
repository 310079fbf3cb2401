import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Destination } from '../../../shared/contract/delivery.ts';
import { waitsForPerson } from '../../../shared/domain/delivery.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk, usePlace } from '../desk-context.ts';
import { placeHash } from '../place.ts';
import { RedirectedTo, TakeAddress } from './better-address.tsx';
import { NextMoment } from './next-moment.tsx';

const why = { login: 'pausedLogin', role: 'pausedRole', host: 'pausedHost' } as const;

/** A destination whose deliveries wait: for what, and the way on. */
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
  const { paused, hold } = destination;
  if (paused === null && hold === undefined) return null;
  const settings = place.screen === 'settings';
  return (
    <div className={waitsForPerson(destination) ? 'banner banner-bad' : 'banner banner-warn'} role="status">
      <div className="banner-words">
        {paused !== null ? (
          <p>{say(why[paused], { site: destination.name })}</p>
        ) : (
          hold !== undefined && (
            <>
              <p>
                <strong>{say('heldSite', { site: destination.name })}</strong> {say(`reason_${hold.reason}`)}
              </p>
              {hold.better !== undefined && <RedirectedTo better={hold.better} />}
              {hold.nextAt === null ? (
                <p className="soft">{say('heldEnded')}</p>
              ) : (
                <NextMoment at={hold.nextAt} later="heldNext" now="heldNextNow" />
              )}
            </>
          )
        )}
      </div>
      {paused !== 'host' && !settings && (
        <a className="button button-quiet" href={placeHash({ screen: 'settings', page: 'destinations' })}>
          {say('fixDestination')}
        </a>
      )}
      {settings && hold?.better !== undefined && <TakeAddress destination={destination} better={hold.better} />}
      <Button
        look={hold?.better === undefined ? 'main' : 'equal'}
        disabled={resume.isPending}
        onClick={() => resume.mutate()}
      >
        {say('resume')}
      </Button>
    </div>
  );
}
