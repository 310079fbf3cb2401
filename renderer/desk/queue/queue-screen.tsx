import { useQuery } from '@tanstack/react-query';
import type { Delivery } from '../../../shared/contract/delivery.ts';
import { useDesk } from '../desk-context.ts';
import { Empty } from '../parts/empty.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { DeliveryItem } from './delivery-item.tsx';
import { PausedBanner } from './paused-banner.tsx';
import { sortQueue, useQueue } from './queries.ts';

/** Every delivery with how far it is, why it waits and what can be done about it. */
export function QueueScreen() {
  const { api, say } = useDesk();
  const queue = useQueue(true);
  const destinations = useQuery({ queryKey: ['destinations'], queryFn: () => api.delivery.destinations({}) });
  const list = destinations.data?.destinations ?? [];
  const paused = new Set(list.filter((one) => one.paused !== null).map((one) => one.id));
  const { troubled, underWay, over } = sortQueue(queue.data ?? []);

  const section = (title: string, deliveries: Delivery[]) =>
    deliveries.length > 0 && (
      <section className="queue-part">
        <h2>{title}</h2>
        <ul>
          {deliveries.map((one) => (
            <DeliveryItem key={one.id} delivery={one} paused={paused.has(one.destinationId)} />
          ))}
        </ul>
      </section>
    );

  return (
    <div className="work">
      <header className="work-head">
        <h1>{say('queue')}</h1>
      </header>
      {list.map((destination) => (
        <PausedBanner key={destination.id} destination={destination} />
      ))}
      {queue.isPending && <p>{say('loading')}</p>}
      {queue.isError && queue.data === undefined && (
        <Trouble error={queue.error} onRetry={() => void queue.refetch()} />
      )}
      {queue.data?.length === 0 && (
        <Empty title={say('queueEmpty')}>
          <p>{say('queueEmptyWhy')}</p>
        </Empty>
      )}
      {section(say('queueAttention'), troubled)}
      {section(say('queueUnderWay'), underWay)}
      {section(say('queueDone'), over)}
    </div>
  );
}
