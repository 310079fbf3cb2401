import { useQuery } from '@tanstack/react-query';
import type { Delivery } from '../../../shared/contract/delivery.ts';
import { useDesk } from '../desk-context.ts';

export function useQueue(open: boolean) {
  const { api } = useDesk();
  return useQuery({
    queryKey: ['deliveries'],
    queryFn: () => api.delivery.queue({}),
    enabled: open,
    select: ({ deliveries }) => deliveries,
  });
}

/** Whether a delivery stands still until a person does something. */
export function attention(delivery: Pick<Delivery, 'state'>): boolean {
  return delivery.state === 'failed';
}

/** The queue in the order a host cares: what needs them, what is under way, what is over. */
export function sortQueue(deliveries: readonly Delivery[]) {
  const over = (one: Delivery) => one.state === 'done' || one.state === 'cancelled';
  return {
    troubled: deliveries.filter(attention),
    underWay: deliveries.filter((one) => !attention(one) && !over(one)),
    over: deliveries.filter(over),
  };
}
